"""What is typed about windows. Parsing only: the verbs decide."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django import forms

from changeboard.directory.models import System
from changeboard.people.models import Person
from maintenance.contributions import Told
from maintenance.domain import recurrence
from maintenance.domain.wall_time import FIRST, SECOND
from maintenance.labels import SURE
from maintenance.models import Duty, Window


class MinutesField(forms.IntegerField):
    """Typed in minutes, given on in seconds."""

    def clean(self, value: Any) -> Any:
        minutes = super().clean(value)
        return None if minutes is None else minutes * 60


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class SaidForm(forms.Form):
    """A form whose page shows, while it is filled in, what would come of it."""

    def now_said(self) -> dict[str, Any]:
        """What the form says as far as it can be read: what was typed, else what was proposed."""
        if self.is_bound:
            self.is_valid()
            return dict(self.cleaned_data)
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                found[name] = field.clean(self.get_initial_for_field(field, name))
            except forms.ValidationError:
                continue
        return found


class HourForm(SaidForm):
    """A day and a start. `which` is asked only where the clocks bring that hour twice."""

    on = forms.DateField(label="Day", widget=day_input())
    start_time = forms.TimeField(label="Start", widget=time_input())
    which = forms.ChoiceField(
        label="Which of the two", required=False, widget=forms.RadioSelect,
        choices=[(FIRST, "The first, before clocks go back"), (SECOND, "The second, after it")],
    )  # fmt: skip


class OverrideForm(forms.Form):
    """Asked only where a hard freeze lies, beside the form, which it belongs to all the same."""

    override = forms.CharField(
        label="Why it may lie in the freeze all the same",
        max_length=300,
        required=False,
        help_text="It stays on record with your name.",
        widget=forms.TextInput(attrs={"form": "planning"}),
    )


class DeliberateForm(SaidForm):
    """What touches a window that may be known: why, as which revision it was seen, and that whoever was told
    is told again."""

    reason = forms.CharField(
        label="Why", max_length=300, help_text="Whoever was told of the old date reads it."
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(error_messages={"required": "Tick it: whoever was told is told again."})

    def __init__(self, *args: Any, told: Told, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if told.contacts:
            self.fields["sure"].label = SURE.format(
                clients=_counted(told.clients, "client"), contacts=_counted(told.contacts, "contact")
            )
        else:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given.pop("sure", None)
        return given


class MoveForm(DeliberateForm, HourForm, OverrideForm):
    field_order = ("on", "start_time", "which", "reason")

    def draft(self, window: Window) -> Window | None:
        """The window where the form says; None while it does not."""
        return _lying(copy(window), self.now_said())


class ResizeForm(DeliberateForm):
    length_seconds = MinutesField(label="Length", min_value=1, max_value=1440)
    budget_seconds = MinutesField(
        label="Downtime at most", min_value=0, max_value=1440, help_text="0: nothing goes down."
    )
    field_order = ("length_seconds", "budget_seconds", "reason")

    def draft(self, window: Window) -> Window | None:
        """The window as long as the form says; None while it does not."""
        said = self.now_said()
        draft = copy(window)
        draft.length_seconds = said.get("length_seconds") or window.length_seconds
        return _lying(draft, {"on": window.on, "start_time": window.wall})


class CancelForm(DeliberateForm):
    pass


class WindowForm(HourForm, OverrideForm):
    system = forms.ModelChoiceField(System.objects.all(), empty_label="Choose a system")
    length_seconds = MinutesField(label="Length", min_value=1, max_value=1440)
    budget_seconds = MinutesField(
        label="Downtime at most", min_value=0, max_value=1440, help_text="0: nothing goes down."
    )
    reason = forms.CharField(label="Why off the cadence", max_length=300, required=False)
    field_order = ("system", "on", "start_time", "which", "length_seconds", "budget_seconds", "reason")

    def draft(self) -> Window | None:
        """The window that the form says, not written; None while it does not say where it lies. To be asked before
        a refusal takes what was typed out of the form."""
        said = self.now_said()
        if not said.get("system") or not said.get("length_seconds"):
            return None
        size = {"length_seconds": said["length_seconds"], "budget_seconds": said.get("budget_seconds") or 0}
        return _lying(Window(system=said["system"], **size), said)


def given(form: type[forms.Form], asked: Mapping[str, str]) -> dict[str, Any]:
    """What the address fills in beforehand; a system by its code."""
    found: dict[str, Any] = {name: asked[name] for name in form.base_fields if asked.get(name)}
    if "system" in found:
        found["system"] = System.objects.filter(code=found["system"]).first()
    return found


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _lying(window: Window, said: Mapping[str, Any]) -> Window | None:
    on, start = said.get("on"), said.get("start_time")
    if not on or not start:
        return None
    wall = start.replace(fold=1) if said.get("which") == SECOND else start
    window.on, window.start_time = on, wall
    slot = recurrence.slot(on, wall, window.time_zone, window.length_seconds)
    window.starts_at, window.ends_at = slot.starts_at, slot.ends_at
    return window


class WaiverForm(forms.Form):
    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it may go on all the same", max_length=300)


class DutyForm(forms.Form):
    """One duty at a time: whoever is chosen has it; nobody takes it away."""

    role = forms.ChoiceField(choices=Duty.Role.choices, label="Duty")
    person = forms.ModelChoiceField(
        Person.objects.filter(is_active=True), required=False, empty_label="Nobody", label="Person"
    )
