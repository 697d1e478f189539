"""Quiet periods: days on which nothing is sent ahead of a start that could be sent before them. Pure.

Days are those of the reader's own calendar. A notice that would fall into a quiet period goes before it, never
after: "two weeks before" stays a promise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from changeboard import clock

DAY = timedelta(days=1)
MOST_DAYS = 31


@dataclass(frozen=True)
class Quiet:
    """From its first day to its last, both in it. `since` it is known (UTC; None: always)."""

    first_on: date
    last_on: date
    since: datetime | None = None

    def covers(self, on: date) -> bool:
        return self.first_on <= on <= self.last_on


def brought_forward(
    due: datetime, wall: time, zone: str, periods: Iterable[Quiet], known_at: datetime | None
) -> datetime:
    """`due`, or where it falls into a quiet period `wall` on the last day before it.

    What was not known by then, the window's date or the quiet period itself, cannot be told by then: it keeps
    its own hour, and is not told any sooner.
    """
    periods, passed = list(periods), []
    on = clock.local_date(due, zone)
    while found := next((each for each in periods if each.covers(on)), None):
        passed.append(found)
        on = found.first_on - DAY
    if not passed:
        return due
    earlier = clock.at_wall(on, wall, zone)
    known = [at for at in (known_at, *(each.since for each in passed)) if at is not None]
    return earlier if not known or max(known) <= earlier else due


def longest(periods: Iterable[Quiet]) -> int:
    """By how many days at most a notice may be brought forward."""
    return sum((each.last_on - each.first_on).days + 1 for each in periods)
