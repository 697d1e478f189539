"""A cadence as a person says it: the third Tuesday of each month at 11:00, or a rule for those who know them."""

from typing import Any

from django import forms

from changeboard.directory.models import System
from changeboard.people.forms.zones import all_zones
from changeboard.people.models import platform_time_zone
from maintenance.domain import rhythm
from maintenance.domain.rhythm import Rhythm, Unit
from maintenance.forms.windows import MinutesField, day_input, time_input
from maintenance.models import Cadence

BY_RULE = "rule"
HOW = [
    (Unit.MONTH.value, "A weekday of the month"),
    (Unit.WEEK.value, "A weekday of the week"),
    (BY_RULE, "A rule"),
]
LEAVE, FOLLOW = "leave", "follow"
VALUES = ("start_time", "length_seconds", "budget_seconds", "time_zone", "begins_on")


class CadenceForm(forms.Form):
    how = forms.ChoiceField(label="Windows lie on", choices=HOW, widget=forms.RadioSelect)
    place = forms.TypedChoiceField(
        label="Which one", coerce=int, required=False,
        choices=[(place, word.capitalize()) for place, word in rhythm.PLACES.items()],
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label="Weekday", coerce=int, required=False, choices=list(enumerate(rhythm.WEEKDAYS))
    )
    every = forms.IntegerField(
        label="Every how many", required=False, min_value=1, max_value=rhythm.MOST_APART
    )
    rrule = forms.CharField(
        label="Rule", required=False, max_length=200, help_text="RFC 5545, like FREQ=MONTHLY;BYDAY=3TU."
    )
    begins_on = forms.DateField(
        label="Counted from", widget=day_input(), help_text="Every second week is every second one from here."
    )
    start_time = forms.TimeField(label="Start", widget=time_input())
    length_seconds = MinutesField(label="Length", min_value=1, max_value=1440)
    budget_seconds = MinutesField(
        label="Downtime at most", min_value=0, max_value=1440, help_text="0: nothing goes down."
    )
    time_zone = forms.ChoiceField(label="On the clock of", choices=all_zones)
    reason = forms.CharField(
        label="Why", max_length=300, required=False, help_text="It stands with every window that moves."
    )
    announced = forms.ChoiceField(
        choices=[(LEAVE, "Leave them where they are"), (FOLLOW, "Let them follow, and tell whoever was told")],
        label="Windows that clients know of", required=False, initial=LEAVE, widget=forms.RadioSelect,
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, system: System, cadence: Cadence | None, today: Any) -> None:
        super().__init__(data, initial=_typed(cadence, today))
        self.system, self.cadence = system, cadence
        how = self["how"].value()
        for name in ("weekday", "every", "place"):
            self.fields[name].required = how == Unit.MONTH or (how == Unit.WEEK and name != "place")
        self.fields["rrule"].required = how == BY_RULE

    def wanted(self) -> Cadence:
        """The cadence as it is typed, not written. Only for a valid form."""
        given = self.cleaned_data
        return Cadence(system=self.system, rrule=self._rule(given), **{name: given[name] for name in VALUES})

    @property
    def moves_announced(self) -> bool:
        return self.cleaned_data.get("announced") == FOLLOW

    def _rule(self, given: dict[str, Any]) -> str:
        if given["how"] == BY_RULE:
            return str(given["rrule"]).strip().upper().removeprefix("RRULE:")
        unit = Unit(given["how"])
        place = given["place"] if unit is Unit.MONTH else 0
        return rhythm.rule(Rhythm(unit, given["every"], given["weekday"], place))


class EndForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=300)


def _typed(cadence: Cadence | None, today: Any) -> dict[str, Any]:
    """What the form shows at first: the cadence in words where words can say it, else as its rule."""
    if cadence is None:
        first = {"how": Unit.MONTH.value, "place": 3, "weekday": 1, "every": 1, "begins_on": today}
        return first | {"time_zone": platform_time_zone(), "budget_seconds": 0}
    said = rhythm.read(cadence.rrule)
    shown = {name: getattr(cadence, name) for name in VALUES} | {"rrule": cadence.rrule}
    shown |= {name: shown[name] // 60 for name in ("length_seconds", "budget_seconds")}
    if said is None:
        return shown | {"how": BY_RULE, "every": 1}
    return shown | {"how": said.unit.value, "place": said.place, "weekday": said.weekday, "every": said.every}
