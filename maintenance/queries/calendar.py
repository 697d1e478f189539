"""The month on the platform's calendar: windows, freezes, and what the floors above put beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from changeboard import clock
from maintenance.contributions import Entry, contributors
from maintenance.models import Freeze, Window
from maintenance.queries import lists
from maintenance.queries.lists import Line

MIDNIGHT = time(0)
KINDS = ("notice", "meeting")


@dataclass(frozen=True)
class Day:
    """One platform day. `freezes` holds over it; `begun` are those that begin on it."""

    on: date
    is_out: bool
    is_today: bool
    windows: tuple[Line, ...]
    entries: tuple[Entry, ...]
    freezes: tuple[Freeze, ...]
    begun: tuple[Freeze, ...]

    @property
    def named_freezes(self) -> tuple[Freeze, ...]:
        """Freezes whose name stands on this day: on their first one, and anew each Sunday."""
        return self.freezes if self.on.weekday() == SUNDAY else self.begun

    @property
    def notices(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == "notice")

    @property
    def others(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind != "notice")

    @property
    def has_something(self) -> bool:
        return bool(self.windows or self.entries or self.begun)


SUNDAY = 6


@dataclass(frozen=True)
class Month:
    """Whole weeks, Sunday to Saturday, around the month that begins on `first`."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    down: tuple[Line, ...]
    windows: int
    short_notice: int
    freezes: tuple[Freeze, ...]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def days(self) -> list[Day]:
        """The days of the month itself on which something stands, for the list on a phone."""
        return [day for week in self.weeks for day in week if not day.is_out and day.has_something]


def month(
    first: date, *, zone: str, now: datetime, systems: Sequence[str] = (), kinds: Sequence[str] = KINDS
) -> Month:
    """The month of `first`, of these systems (codes; none: all) and kinds of entries. Seven queries."""
    first = first.replace(day=1)
    begins = first - timedelta(days=(first.weekday() + 1) % 7)
    ends = _end_of_weeks(first)
    start, end = clock.at_wall(begins, MIDNIGHT, zone), clock.at_wall(ends, MIDNIGHT, zone)
    rows = Window.objects.between(start, end).for_pages()
    lines = lists.lines(list(rows.filter(system__code__in=systems) if systems else rows))
    entries = [entry for entry in _entries(start, end) if entry.kind in kinds]
    freezes = list(Freeze.objects.between(start, end))
    today = clock.local_date(now, zone)
    days = [begins + timedelta(days=number) for number in range((ends - begins).days)]
    drawn = [_day(on, first, today, zone, lines, entries, freezes) for on in days]
    own = [line for line in lines if line.window.on.month == first.month and line.window.state != "cancelled"]
    down = tuple(line for line in own if line.window.takes_downtime)
    begun = tuple(
        freeze for freeze in freezes if clock.local_date(freeze.starts_at, zone).month == first.month
    )
    weeks = tuple(tuple(drawn[at : at + 7]) for at in range(0, len(drawn), 7))
    return Month(first, weeks, down, len(own), sum(line.short_notice for line in own), begun)


def _end_of_weeks(first: date) -> date:
    """The Sunday after the last Saturday that the month needs."""
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return last + timedelta(days=7 - (last.weekday() + 1) % 7)


def _entries(start: datetime, end: datetime) -> Iterable[Entry]:
    found = chain.from_iterable(each.entries(start, end) for each in contributors())
    return sorted(found, key=lambda entry: entry.starts_at)


def _day(
    on: date,
    first: date,
    today: date,
    zone: str,
    lines: list[Line],
    entries: list[Entry],
    freezes: list[Freeze],
) -> Day:
    starts, ends = clock.at_wall(on, MIDNIGHT, zone), clock.at_wall(on + timedelta(days=1), MIDNIGHT, zone)
    holding = tuple(freeze for freeze in freezes if freeze.starts_at < ends and freeze.ends_at > starts)
    return Day(
        on=on,
        is_out=on.month != first.month,
        is_today=on == today,
        windows=tuple(line for line in lines if line.window.on == on),
        entries=tuple(entry for entry in entries if starts <= entry.starts_at < ends),
        freezes=holding,
        begun=tuple(freeze for freeze in holding if freeze.starts_at >= starts),
    )
