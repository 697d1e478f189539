"""What is typed about notices. Parsing only: the verbs decide."""

from collections.abc import Sequence
from typing import Any

from django import forms

from changeboard.directory.domain import placeholders
from changeboard.people.forms.zones import all_zones
from notifications import labels
from notifications.queries.together import Choice

SAY_WHY = labels.REFUSALS["delivery.needs_reason"]


class WordsForm(forms.Form):
    paragraph = forms.CharField(
        label="Paragraph for clients",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Stands in every notice of this window. No names, no patient data. Each client reads its own for: "
        f"{placeholders.listed()}.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PreviewForm(forms.Form):
    """How a notice is looked at; which client and milestone, the page offers itself."""

    zone = forms.ChoiceField(
        label="Read in", required=False, choices=lambda: [("", "The client’s own zone"), *all_zones()],
        widget=forms.Select(attrs={"class": "input input--fit"}),
    )  # fmt: skip
    width = forms.ChoiceField(
        label="On", required=False, choices=[("", "A wide screen"), ("phone", "A phone")],
        widget=forms.Select(attrs={"class": "input input--fit"}),
    )  # fmt: skip


class SignOffForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class WaiveForm(forms.Form):
    reason = forms.CharField(
        label="Why they are not told", max_length=300, error_messages={"required": SAY_WHY}
    )


class WhyForm(forms.Form):
    """For what may be done without one."""

    reason = forms.CharField(label="Why", max_length=300, required=False)


class TogetherForm(forms.Form):
    """`choice` is an act and a milestone, like hold:day_before, and how many that were when it was read."""

    choice = forms.ChoiceField(
        label="With several at once", widget=forms.Select(attrs={"class": "input input--fit"})
    )
    reason = forms.CharField(
        label="Why",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "input input--grow", "placeholder": "Why"}),
    )

    def __init__(self, data: Any, *, choices: Sequence[Choice]) -> None:
        super().__init__(data)
        self._choices = {f"{each.key}:{each.many}": each for each in choices}
        self.fields["choice"].choices = [(key, each.label) for key, each in self._choices.items()]

    def clean_choice(self) -> Choice:
        return self._choices[self.cleaned_data["choice"]]


class CallForm(forms.Form):
    note = forms.CharField(
        label="Who you spoke to, and what they said", max_length=300, error_messages={"required": SAY_WHY}
    )


class AheadForm(forms.Form):
    until = forms.DateField(
        label="Until the end of", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
