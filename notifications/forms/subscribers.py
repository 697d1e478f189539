"""What somebody who is not signed in types to be told of maintenance by mail. Parsing only."""

from django import forms
from django.conf import settings

from changeboard.directory.models import System
from changeboard.people.models import check_time_zone


class ChoiceForm(forms.Form):
    """Which systems, on which clock. No system chosen is all of them."""

    systems = forms.ModelMultipleChoiceField(
        System.objects.all(),
        label="Systems",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all of them.",
    )
    time_zone = forms.CharField(
        label="Your clock",
        required=False,
        max_length=60,
        help_text="A name like America/Denver; the hour of the mails is nine on it.",
    )

    def clean_systems(self) -> list[System]:
        """All of them is none: a system that comes later is told of too."""
        chosen = list(self.cleaned_data["systems"])
        return [] if len(chosen) == System.objects.count() else chosen

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"].strip()
        if zone:
            check_time_zone(zone)
        return zone or str(settings.PLATFORM_TIME_ZONE)


class SubscribeForm(ChoiceForm):
    address = forms.EmailField(label="Your address", max_length=254)
    # A field that nobody sees: programs fill it in.
    website = forms.CharField(label="Leave this empty", required=False)

    field_order = ["address", "systems", "time_zone", "website"]

    @property
    def is_of_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))
