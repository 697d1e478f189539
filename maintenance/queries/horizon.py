"""Six months ahead: each system's windows month by month, with the downtime that is left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects

from changeboard import clock
from changeboard.directory.models import System
from maintenance.domain import days
from maintenance.domain import rhythm as rhythms
from maintenance.domain.days import MIDNIGHT, month_after
from maintenance.models import Freeze, Window
from maintenance.queries import concerned, lists
from maintenance.queries.calendar_days import Card
from maintenance.queries.concerned import Reach


@dataclass(frozen=True)
class SystemAhead:
    """A lane: a system, and its windows in each of the months."""

    system: System
    rhythm: str
    months: tuple[tuple[Card, ...], ...]

    @property
    def budget(self) -> int:
        """The downtime that its windows may take in all, in seconds."""
        return sum(card.line.sums.budget for month in self.months for card in month)

    @property
    def left(self) -> int:
        """What is left of it at the likely worst of each window, in seconds."""
        return sum(card.line.sums.left_at_likely_worst for month in self.months for card in month)


@dataclass(frozen=True)
class Frozen:
    """A freeze in one of the months; `begins` in the month where its whole span is said."""

    freeze: Freeze
    begins: bool


@dataclass(frozen=True)
class Horizon:
    """`freezes` and `changes` (the day on which the clocks change, if there is one) month by month."""

    months: tuple[date, ...]
    systems: tuple[SystemAhead, ...]
    freezes: tuple[tuple[Frozen, ...], ...]
    changes: tuple[date | None, ...]
    ends_on: date

    @property
    def beside(self) -> list[tuple[tuple[Frozen, ...], date | None]]:
        """The last lane, month by month."""
        return list(zip(self.freezes, self.changes, strict=True))


def horizon(
    *, now: datetime, zone: str = "", systems: Sequence[System], reach: Reach | None = None
) -> Horizon:
    """From the month of the next window to the one in which the horizon ends, in the months of `zone` (empty: the
    platform's); what may disturb the platform before `ends_on` is short notice. A lane for each of `systems`,
    with `reach` only the windows that concern that client. Five queries and what the
    contributors ask."""
    platform = str(settings.PLATFORM_TIME_ZONE)
    zone = zone or platform
    ends_on = clock.local_date(now, platform) + timedelta(days=settings.PLANNING_HORIZON_DAYS)
    windows = _windows(now, zone, ends_on)
    months = tuple(days.months(_first(windows, now, zone), ends_on))
    freezes = list(Freeze.objects.ahead(now=now))
    shown = [window for window in windows if clock.local_date(window.starts_at, zone) >= months[0]]
    cards = _cards(shown, zone, reach, freezes)
    prefetch_related_objects(systems, "cadences")
    return Horizon(
        months,
        tuple(SystemAhead(each, _rhythm(each), _by_month(each, months, cards)) for each in systems),
        tuple(tuple(_frozen(freezes, month, zone)) for month in months),
        tuple(days.clock_change(month, platform) for month in months),
        ends_on,
    )


def _windows(now: datetime, zone: str, ends_on: date) -> list[Window]:
    """What stands from the present month to the one in which the horizon ends. One query."""
    first = clock.local_date(now, zone).replace(day=1)
    start, end = (clock.at_wall(on, MIDNIGHT, zone) for on in (first, month_after(ends_on)))
    rows = Window.objects.standing().filter(starts_at__gte=start, starts_at__lt=end)
    return list(rows.for_pages().order_by("starts_at"))


def _first(windows: list[Window], now: datetime, zone: str) -> date:
    """The day of the next window, today when there is none."""
    ahead = (window.starts_at for window in windows if window.ends_at > now)
    return clock.local_date(next(ahead, now), zone)


def _cards(windows: list[Window], zone: str, reach: Reach | None, freezes: list[Freeze]) -> list[Card]:
    via = concerned.concerned(windows, reach) if reach else {}
    shown = [window for window in windows if not reach or window.pk in via]
    return [
        Card(
            line,
            clock.local_date(line.window.starts_at, zone),
            via.get(line.window.pk, ""),
            next((freeze for freeze in freezes if freeze.hits(line.window)), None),
        )
        for line in lists.held(shown)
    ]


def _by_month(system: System, months: tuple[date, ...], cards: list[Card]) -> tuple[tuple[Card, ...], ...]:
    own = [card for card in cards if card.window.system_id == system.pk]
    return tuple(tuple(card for card in own if card.day.replace(day=1) == month) for month in months)


def _frozen(freezes: list[Freeze], month: date, zone: str) -> Iterator[Frozen]:
    for freeze in freezes:
        first, last = (clock.local_date(at, zone) for at in (freeze.starts_at, freeze.last_moment))
        if first < month_after(month) and last >= month:
            yield Frozen(freeze, begins=first >= month)


def _rhythm(system: System) -> str:
    """When its windows lie, as its first active cadence says: third Tue, 11:00."""
    active = [cadence for cadence in system.cadences.all() if cadence.active]
    if not active:
        return ""
    hour = f"{active[0].start_time:%H:%M}"
    rhythm = rhythms.read(active[0].rrule)
    return f"{rhythms.short(rhythm)}, {hour}" if rhythm else hour
