"""What is typed about windows. Parsing only: the verbs decide."""

from typing import Any

from django import forms

from changeboard.directory.models import System
from changeboard.people.models import Person
from maintenance.models import Duty


class MinutesField(forms.IntegerField):
    """Typed in minutes, given on in seconds."""

    def clean(self, value: Any) -> Any:
        minutes = super().clean(value)
        return None if minutes is None else minutes * 60


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=300)


class MoveForm(forms.Form):
    on = forms.DateField(label="New day", widget=day_input())
    start_time = forms.TimeField(label="Start", widget=time_input())
    reason = forms.CharField(
        label="Why", max_length=300, help_text="Whoever was told of the old date reads it."
    )


class WindowForm(forms.Form):
    system = forms.ModelChoiceField(System.objects.all(), empty_label="Choose a system")
    on = forms.DateField(label="Day", widget=day_input())
    start_time = forms.TimeField(label="Start", widget=time_input())
    length_seconds = MinutesField(label="Length", min_value=1, max_value=1440)
    budget_seconds = MinutesField(
        label="Downtime at most", min_value=0, max_value=1440, help_text="0: nothing goes down."
    )
    reason = forms.CharField(label="Why off the cadence", max_length=300, required=False)


class WaiverForm(forms.Form):
    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it may go on all the same", max_length=300)


class DutyForm(forms.Form):
    """One duty at a time: whoever is chosen has it; nobody takes it away."""

    role = forms.ChoiceField(choices=Duty.Role.choices, label="Duty")
    person = forms.ModelChoiceField(
        Person.objects.filter(is_active=True), required=False, empty_label="Nobody", label="Person"
    )
