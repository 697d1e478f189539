"""The whole notice policy as one form: a row a line, a row a quiet period. Adding is a submit button: no script."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict

from changeboard import words
from changeboard.directory.models import Channel
from changeboard.refusal import Reason
from notifications import labels
from notifications.domain.milestones import AHEAD, POINT_OF_SERVICE, Audience, Line, Milestone, When, slot_of
from notifications.domain.policy import Period, Policy, faults
from notifications.queries import policy_words

AHEAD_OF_IT = "ahead"
MOST = 100
NAMES = {"line": "Line {number}", "quiet": "Quiet period {number}"}
WHAT = [
    ("", "Choose…"),
    (AHEAD_OF_IT, "Days before the start"),
    ("At the point of service", [(each.value, labels.MILESTONES[each]) for each in POINT_OF_SERVICE]),
]
# Which figure counts for what is told.
FIGURES = {"days_before": AHEAD_OF_IT, "local_hour": AHEAD_OF_IT, "minutes_before": Milestone.STARTING.value}
HOURS = [(hour, f"{hour:02d}:00") for hour in range(5, 23)]


class LineForm(forms.Form):
    audience = forms.ChoiceField(label="Who", choices=labels.choices(labels.AUDIENCES))
    what = forms.ChoiceField(label="What is told", choices=WHAT)
    days_before = forms.IntegerField(
        label="Days before",
        min_value=0,
        max_value=180,
        error_messages={"max_value": "180 days at most: nothing is planned further ahead."},
    )
    local_hour = forms.TypedChoiceField(label="At", choices=HOURS, coerce=int, initial=9)
    minutes_before = forms.IntegerField(label="Minutes before", min_value=5, max_value=720)
    when = forms.ChoiceField(label="Windows", choices=labels.choices(labels.WHEN))
    systems = forms.TypedMultipleChoiceField(
        label="Only windows of",
        choices=(),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label="Only by", choices=Channel.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    gone = forms.BooleanField(label="Take this line out", required=False)

    def __init__(self, *args: Any, systems: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["systems"].choices = systems
        what = self["what"].value()
        for name in FIGURES:
            self.fields[name].required = what == FIGURES[name]

    @property
    def is_narrowed(self) -> bool:
        """Whether the folded part has something to show."""
        return bool(self["systems"].value() or self["channels"].value())

    @property
    def systems_named(self) -> list[str]:
        """The codes of the systems that are ticked."""
        ticked = {str(each) for each in self["systems"].value() or ()}
        return [code for pk, code in self.fields["systems"].choices if str(pk) in ticked]

    def clean(self) -> dict[str, Any]:
        """A figure that does not count for what is told is not judged: it is not even seen."""
        given = super().clean() or {}
        for name, what in FIGURES.items():
            if given.get("what") != what:
                self.errors.pop(name, None)
        return given

    def line(self) -> Line:
        """Figures that do not count for the milestone stay at their usual values."""
        given = self.cleaned_data
        common: dict[str, Any] = {
            "audience": Audience(given["audience"]),
            "when": When(given["when"]),
            "systems": frozenset(given["systems"]),
            "channels": frozenset(given["channels"]),
        }
        if given["what"] == AHEAD_OF_IT:
            days = given["days_before"]
            return Line(milestone=slot_of(days), days_before=days, local_hour=given["local_hour"], **common)
        milestone = Milestone(given["what"])
        if milestone is Milestone.STARTING:
            return Line(milestone=milestone, minutes_before=given["minutes_before"], **common)
        return Line(milestone=milestone, **common)


class PeriodForm(forms.Form):
    name = forms.CharField(label="Name", max_length=80)
    first_on = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    last_on = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}))
    audiences = forms.MultipleChoiceField(
        label="Only for", choices=labels.choices(labels.AUDIENCES), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    gone = forms.BooleanField(label="Take this period out", required=False)

    @property
    def is_readable(self) -> bool:
        """Its days are judged whether or not it has a name yet."""
        self.full_clean()
        return {"first_on", "last_on", "audiences"} <= self.cleaned_data.keys()

    def period(self) -> Period:
        given = self.cleaned_data
        audiences = frozenset(map(Audience, given["audiences"]))
        return Period(given.get("name", ""), given["first_on"], given["last_on"], audiences)


class PolicyForm:
    """`version` is the one that the person began with. `wanted()` once it is valid."""

    def __init__(self, policy: Policy, version: int, data: QueryDict | None = None) -> None:
        self.data, self.is_bound = data, data is not None
        self.is_rearranged = data is not None and bool({"add-line", "add-quiet", "back"} & {*data})
        self.version = _number(data, "version", version)
        line = partial(LineForm, systems=list(policy_words.systems().items()))
        self.lines = self._rows(line, "line", [_typed(each) for each in policy.lines])
        self.periods = self._rows(PeriodForm, "quiet", [_typed_period(each) for each in policy.periods])

    def _rows(self, form: Callable[..., Any], name: str, stored: Sequence[dict[str, Any]]) -> list[Any]:
        """What is stored, or what was typed: bound only where it is to be judged. Faults name their row."""
        rows = self._unnamed(form, name, stored)
        for number, row in enumerate(rows, start=1):
            for key, field in row.fields.items():
                # Also where the form has looked at the field already: its label is kept from that moment on.
                row[key].label = field.label = (
                    f"{NAMES[name].format(number=number)}, {str(field.label).lower()}"
                )
        return rows

    def _unnamed(self, form: Callable[..., Any], name: str, stored: Sequence[dict[str, Any]]) -> list[Any]:
        if self.data is None:
            return [form(prefix=f"{name}-{n}", initial=each) for n, each in enumerate(stored)]
        count = min(_number(self.data, f"{name}s", 0), MOST)
        if not self.is_rearranged:
            return [form(self.data, prefix=f"{name}-{n}") for n in range(count)]
        typed = [form(self.data, prefix=f"{name}-{n}") for n in range(count)]
        rows = [form(prefix=each.prefix, initial=_as_typed(each)) for each in typed]
        is_more = f"add-{name}" in self.data and count < MOST
        return [*rows, _added(form(prefix=f"{name}-{count}"))] if is_more else rows

    @property
    def forms(self) -> list[forms.Form]:
        return [*self.lines, *self.periods]

    @property
    def _kept(self) -> tuple[list[Any], list[Any]]:
        """Without the rows that are to go; what is wrong with those is of no interest."""
        lines, periods = (
            [each for each in rows if not each["gone"].value()] for rows in (self.lines, self.periods)
        )
        return lines, periods

    def is_valid(self) -> bool:
        """Each row for itself, and what is wrong between those that can be read: every fault at once."""
        lines, periods = self._kept
        lines = [each for each in lines if each.is_valid()]
        periods = [each for each in periods if each.is_readable]
        for reason in faults(_policy(lines, periods)):
            self._show(reason, lines, periods)
        return not any(each.errors for rows in self._kept for each in rows)

    def wanted(self) -> Policy:
        return _policy(*self._kept)

    def _show(self, reason: Reason, lines: list[Any], periods: list[Any]) -> None:
        """Beside the cell that it is about."""
        name, number, cell = reason.field.split("-")
        form = (lines if name == "line" else periods)[int(number)]
        cell = "minutes_before" if cell == "days_before" and form["what"].value() != AHEAD_OF_IT else cell
        facts = dict(reason.facts)
        if isinstance(other := facts.get("other"), int):
            # The page counts the rows that are to go as well.
            facts["other"] = self.lines.index(lines[other - 1]) + 1
        form.add_error(cell, words.sentence(Reason(reason.code, facts)))


def _policy(lines: Iterable[Any], periods: Iterable[Any]) -> Policy:
    return Policy(tuple(each.line() for each in lines), tuple(each.period() for each in periods))


def _number(data: QueryDict | None, name: str, usual: int) -> int:
    typed = data.get(name, "") if data is not None else ""
    return int(typed) if str(typed).isdecimal() else usual


def _added(form: forms.Form) -> forms.Form:
    """A new row stands at the end of a long page: whoever asked for it goes on typing there."""
    next(iter(form.fields.values())).widget.attrs["autofocus"] = True
    return form


def _as_typed(form: forms.Form) -> dict[str, Any]:
    """The row as it stands in the browser, unjudged."""
    return {name: form[name].value() for name in form.fields}


def _typed(line: Line) -> dict[str, Any]:
    """A stored line as it would be typed."""
    is_ahead = line.milestone in AHEAD
    return {
        "audience": line.audience.value,
        "what": AHEAD_OF_IT if is_ahead else line.milestone.value,
        "days_before": line.days_before if is_ahead else None,
        "local_hour": line.local_hour,
        "minutes_before": line.minutes_before if line.milestone is Milestone.STARTING else None,
        "when": line.when.value,
        "systems": sorted(line.systems),
        "channels": sorted(line.channels),
    }


def _typed_period(period: Period) -> dict[str, Any]:
    return {
        "name": period.name, "first_on": period.first_on, "last_on": period.last_on,
        "audiences": sorted(each.value for each in period.audiences),
    }  # fmt: skip
