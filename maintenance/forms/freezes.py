"""What is typed about a freeze: instants in the platform's wall time."""

from datetime import datetime
from typing import Any

from django import forms

from changeboard import clock
from changeboard.directory.models import System
from changeboard.people.models import platform_time_zone
from maintenance.models import Freeze


class WallTimeField(forms.DateTimeField):
    """Typed as the platform's wall time, given on as an instant."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def prepare_value(self, value: Any) -> Any:
        """An instant as the platform's wall time; what was typed as it was typed."""
        if isinstance(value, datetime):
            return clock.local(value, platform_time_zone()).replace(tzinfo=None)
        return value

    def clean(self, value: Any) -> datetime | None:
        typed = super().clean(value)
        if typed is None:
            return None
        return clock.at_wall(typed.date(), typed.time(), platform_time_zone())


class FreezeForm(forms.Form):
    name = forms.CharField(max_length=80)
    starts_at = WallTimeField(label="From")
    ends_at = WallTimeField(label="Until")
    systems = forms.ModelMultipleChoiceField(
        System.objects.all(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all systems.",
    )  # fmt: skip
    hard = forms.BooleanField(
        label="Hard: nothing may be released", required=False, initial=True, help_text="Off: it only warns."
    )
    reason = forms.CharField(max_length=300, required=False, label="Why")


def as_typed(freeze: Freeze) -> dict[str, Any]:
    """The form's first values for a freeze that is to be changed."""
    return {
        "name": freeze.name, "starts_at": freeze.starts_at, "ends_at": freeze.ends_at,
        "systems": list(freeze.systems.all()), "hard": freeze.hard, "reason": freeze.reason,
    }  # fmt: skip
