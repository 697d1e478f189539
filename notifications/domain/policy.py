"""The whole notice policy: what is wrong with one, and how it reads with its quiet periods. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import combinations

from changeboard.refusal import Reason
from notifications.domain.milestones import AHEAD, Audience, Line, Milestone, When
from notifications.domain.picture import OMS
from notifications.domain.quiet import MOST_DAYS, Quiet

# Windows that are never both.
APART = {When.DOWNTIME_ONLY, When.NO_DOWNTIME_ONLY}


@dataclass(frozen=True)
class Period:
    """A quiet period; no audiences: all of them."""

    name: str
    first_on: date
    last_on: date
    audiences: frozenset[Audience] = frozenset()

    def binds(self, audience: Audience) -> bool:
        return not self.audiences or audience in self.audiences

    @property
    def days(self) -> tuple[date, date, tuple[str, ...]]:
        """What it says, whatever its name."""
        return self.first_on, self.last_on, tuple(sorted(self.audiences))


@dataclass(frozen=True)
class Policy:
    """Lines without their quiet periods, and those."""

    lines: tuple[Line, ...] = ()
    periods: tuple[Period, ...] = ()

    def hushed(self, since: Mapping[object, datetime], *, now: datetime) -> list[Line]:
        """The lines with the quiet periods of their audiences. `since` when which days are quiet; new ones from
        `now` on."""
        quiet = [
            (each, Quiet(each.first_on, each.last_on, since.get(each.days, now))) for each in self.periods
        ]
        return [
            replace(line, quiet=tuple(days for each, days in quiet if each.binds(line.audience)))
            for line in self.lines
        ]

    @property
    def said(self) -> tuple[object, ...]:
        """All that it says, the same in every process: sets have no order."""
        return (
            tuple(
                (
                    line.audience.value, line.when.value, line.milestone.value, line.days_before, line.local_hour,
                    line.minutes_before, tuple(sorted(line.systems)), tuple(sorted(line.channels)),
                )
                for line in self.lines
            ),
            tuple((each.name, str(each.first_on), str(each.last_on), each.days[2]) for each in self.periods),
        )  # fmt: skip


def faults(policy: Policy) -> list[Reason]:
    """All that is wrong with it; `field` is the row and its cell, like "line-3-channels", counted from 0."""
    return [*_of_lines(policy.lines), *_of_periods(policy.periods)]


def _of_lines(lines: Iterable[Line]) -> Iterator[Reason]:
    numbered = list(enumerate(lines))
    for number, line in numbered:
        if line.milestone in AHEAD and line.channels == {OMS}:
            yield Reason("policy.order_system_ahead", {}, f"line-{number}-channels")
    for (first, one), (second, other) in combinations(numbered, 2):
        if one == other:
            yield Reason("policy.line_twice", {"other": first + 1}, f"line-{second}-audience")
        elif _meet(one, other) and _times(one) != _times(other):
            yield Reason("policy.two_times", {"other": first + 1}, f"line-{second}-days_before")


def _meet(one: Line, other: Line) -> bool:
    """Whether both may ask for the same notice to the same reader."""
    return (
        (one.audience, one.milestone) == (other.audience, other.milestone)
        and {one.when, other.when} != APART
        and not (one.systems and other.systems and one.systems.isdisjoint(other.systems))
        and not (one.channels and other.channels and one.channels.isdisjoint(other.channels))
    )


def _times(line: Line) -> tuple[int, ...]:
    """The figures that count for its milestone."""
    if line.milestone in AHEAD:
        return line.days_before, line.local_hour
    return (line.minutes_before,) if line.milestone is Milestone.STARTING else ()


def _of_periods(periods: Iterable[Period]) -> Iterator[Reason]:
    for number, each in enumerate(periods):
        if each.last_on < each.first_on:
            yield Reason("policy.quiet_ends_first", {}, f"quiet-{number}-last_on")
        elif (each.last_on - each.first_on).days >= MOST_DAYS:
            yield Reason("policy.quiet_too_long", {"most": MOST_DAYS}, f"quiet-{number}-last_on")
