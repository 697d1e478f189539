"""The days that a calendar shows: a month of whole weeks, a week, the days of a month, one day. Dates only.

A week is Sunday to Saturday. What stands on which day is decided in the zone that the page is read in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from changeboard import clock

MIDNIGHT = time(0)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SUNDAY = 6


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    LIST = "list"
    DAY = "day"


@dataclass(frozen=True)
class Stretch:
    """The days from `first` until before `end` that `view` shows around the day `on`."""

    view: View
    on: date
    first: date
    end: date

    @property
    def days(self) -> list[date]:
        return [self.first + DAY * number for number in range((self.end - self.first).days)]

    @property
    def unit(self) -> str:
        """What it is a stretch of."""
        return {View.WEEK: "week", View.DAY: "day"}.get(self.view, "month")

    @property
    def previous(self) -> date:
        """A day of the stretch before this one."""
        return self.on - self._step if self._step else month_before(self.on)

    @property
    def following(self) -> date:
        """A day of the stretch after this one."""
        return self.on + self._step if self._step else month_after(self.on)

    @property
    def _step(self) -> timedelta | None:
        return {View.WEEK: WEEK, View.DAY: DAY}.get(self.view)

    def has(self, on: date) -> bool:
        """Whether a day belongs to it, and does not only fill up the first or the last week of a month."""
        if self.view == View.MONTH:
            return (on.year, on.month) == (self.on.year, self.on.month)
        return self.first <= on < self.end

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """When its first day begins and its last one ends in `zone`, as instants (UTC)."""
        return clock.at_wall(self.first, MIDNIGHT, zone), clock.at_wall(self.end, MIDNIGHT, zone)


def stretch(view: View, on: date) -> Stretch:
    """What `view` shows around `on`."""
    month = on.replace(day=1)
    first, end = {
        View.MONTH: (sunday_of(month), sunday_of(month_after(on) - DAY) + WEEK),
        View.LIST: (month, month_after(on)),
        View.WEEK: (sunday_of(on), sunday_of(on) + WEEK),
        View.DAY: (on, on + DAY),
    }[view]
    return Stretch(view, on, first, end)


def sunday_of(on: date) -> date:
    """The Sunday on which the week of `on` begins."""
    return on - DAY * ((on.weekday() + 1) % 7)


def month_after(on: date) -> date:
    """The first of the month after that of `on`."""
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(on: date) -> date:
    """The first of the month before that of `on`."""
    return (on.replace(day=1) - DAY).replace(day=1)


def months(first: date, last: date) -> Iterator[date]:
    """The firsts of the months from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month_after(month)


@lru_cache(maxsize=256)
def clock_change(month: date, zone: str) -> date | None:
    """The day of a month on which the clocks of `zone` change, the first if there are two."""
    noons = [
        clock.local(clock.at_wall(month + DAY * number, time(12), zone), zone) for number in range(-1, 31)
    ]
    changes = (day.date() for eve, day in pairwise(noons) if eve.utcoffset() != day.utcoffset())
    return next((on for on in changes if on.month == month.month), None)
