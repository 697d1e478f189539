"""What is typed about a client, its contacts and its no-go dates."""

from typing import Any

from django import forms

from changeboard import words
from changeboard.directory.labels import LOCALES
from changeboard.directory.models import Channel, ContactRole, Language, Service, System
from changeboard.directory.models.contact import why_unreachable
from changeboard.people.forms.zones import all_zones


def systems() -> list[tuple[int, str]]:
    return [(system.pk, f"{system.code}: {system.what}") for system in System.objects.all()]


def services() -> list[tuple[int, str]]:
    return [(service.pk, service.name) for service in Service.objects.all()]


class ClientForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = forms.CharField(label="Name", max_length=120)
    time_zone = forms.ChoiceField(
        label="Time zone", choices=all_zones, help_text="Notices go at 09:00 here, and say times in it."
    )
    locale = forms.ChoiceField(label="Form of dates", choices=LOCALES, initial="en-US")
    systems = forms.TypedMultipleChoiceField(
        label="Systems it uses",
        choices=systems,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="It is told about every window of these.",
    )
    services = forms.TypedMultipleChoiceField(
        label="Services it uses on its own",
        choices=services,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Told when a change touches them, whatever the system.",
    )
    contract_lead_days = forms.IntegerField(
        label="Days of notice its contract asks for",
        min_value=1,
        max_value=365,
        required=False,
        help_text="Only when more than fourteen: the first notice goes that much earlier.",
    )
    meanwhile_stat = forms.CharField(
        label="While it is down: STAT studies go to",
        max_length=200,
        required=False,
        help_text="The desk, with its number. All of this stands in every notice to this client.",
    )
    meanwhile_phone = forms.CharField(
        label="While it is down: number to call", max_length=120, required=False
    )
    meanwhile_fax = forms.CharField(
        label="While it is down: orders by telephone or fax", max_length=120, required=False
    )
    meanwhile_paper = forms.CharField(label="While it is down: paper forms", max_length=200, required=False)
    meanwhile = forms.CharField(
        label="While it is down: anything else",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text="In whole sentences. No patient data.",
    )
    oms_webhook_url = forms.URLField(
        label="Webhook of its order system", required=False, assume_scheme="https"
    )
    active = forms.BooleanField(
        label="A client now",
        required=False,
        initial=True,
        help_text="Off: told nothing more, kept on record.",
    )


# Nobody of a client signs in to changeboard.
OF_CLIENTS = [(code, name) for code, name in Channel.choices if code != Channel.IN_APP]


class ContactForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    role = forms.ChoiceField(label="What it is", choices=ContactRole.choices, initial=ContactRole.OTHER)
    is_person = forms.BooleanField(
        label="One person", required=False, help_text="Off for a shared mailbox, a help desk, a system."
    )
    channel = forms.ChoiceField(label="Told by", choices=OF_CLIENTS)
    address = forms.CharField(
        label="Address",
        max_length=500,
        required=False,
        help_text="E-mail: desk@hospital.example. Webhook: an https address. Telephone: the number. Chat or SMS: an "
        "Apprise address, like slack://token/token/token or twilio://account:token@from/to. Order management system: "
        "none.",
    )
    time_zone = forms.ChoiceField(
        label="Time zone", choices=lambda: [("", "The client’s"), *all_zones()], required=False
    )
    language = forms.ChoiceField(
        label="Greeted in", choices=Language.choices, initial=Language.EN, help_text="The rest is in English."
    )
    wants_invitations = forms.BooleanField(
        label="Calendar invitations",
        required=False,
        help_text="Invitations that update themselves, in place of plain entries.",
    )
    wants_point_of_service = forms.BooleanField(
        label="Also on the day", required=False, help_text="Told when work starts, runs over and ends."
    )
    is_contractual = forms.BooleanField(
        label="Named in the contract",
        required=False,
        help_text="Cannot leave by a link in a mail: the mail says to ask client services.",
    )

    def clean(self) -> dict[str, Any]:
        """Beside what else is wrong an address that cannot be reached is said, too: every fault at once. Where
        nothing else is, the verb says it."""
        given = super().clean() or {}
        address = given.get("address", "")
        if self.errors and "channel" in given and address != self.initial.get("address"):
            for reason in why_unreachable(given["channel"], address):
                self.add_error("address", words.sentence(reason))
        return given


class NoGoForm(forms.Form):
    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label="Last day", widget=forms.DateInput(attrs={"type": "date"}), required=False,
        help_text="For several days in a row.",
    )  # fmt: skip
    reason = forms.CharField(label="Why", max_length=200)
