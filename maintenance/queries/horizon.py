"""Six months ahead: each system's windows month by month, with the downtime that is left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from changeboard import clock
from changeboard.directory.models import System
from maintenance.models import Freeze, Window
from maintenance.queries import lists
from maintenance.queries.lists import Line

PLACES = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
WEEKDAYS = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}
ONE_DAY_A_MONTH = re.compile(r"FREQ=MONTHLY;BYDAY=(-?\d)(\w\w)")


@dataclass(frozen=True)
class SystemAhead:
    """One row: a system, and its windows in each of the months."""

    system: System
    rhythm: str
    months: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Frozen:
    """A freeze in one of the months; `begins` in the month where its whole span is said."""

    freeze: Freeze
    begins: bool


@dataclass(frozen=True)
class Horizon:
    months: tuple[date, ...]
    systems: tuple[SystemAhead, ...]
    freezes: tuple[tuple[Frozen, ...], ...]
    ends_on: date


def horizon(*, now: datetime) -> Horizon:
    """From the month of the next window to the one in which the horizon ends; what may disturb the
    platform before `ends_on` is short notice. Six queries and what the contributors ask."""
    zone = str(settings.PLATFORM_TIME_ZONE)
    today = clock.local_date(now, zone)
    ends_on = today + timedelta(days=settings.PLANNING_HORIZON_DAYS)
    windows = Window.objects.standing().filter(ends_at__gt=now).order_by("starts_at")
    first = windows.values_list("on", flat=True).first() or today
    months = tuple(_months(first.replace(day=1), ends_on))
    rows = Window.objects.standing().filter(on__gte=months[0], on__lt=_following(months[-1])).for_pages()
    lines = lists.lines(list(rows.order_by("starts_at")))
    freezes = list(Freeze.objects.ahead(now=now))
    return Horizon(
        months,
        tuple(
            SystemAhead(each, _rhythm(each), _by_month(each, months, lines))
            for each in System.objects.prefetch_related("cadences")
        ),
        tuple(tuple(_frozen(freezes, month, zone)) for month in months),
        ends_on,
    )


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = _following(first)


def _following(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _by_month(system: System, months: tuple[date, ...], lines: list[Line]) -> tuple[tuple[Line, ...], ...]:
    own = [line for line in lines if line.window.system_id == system.pk]
    return tuple(tuple(line for line in own if line.window.on.replace(day=1) == month) for month in months)


def _frozen(freezes: list[Freeze], month: date, zone: str) -> Iterator[Frozen]:
    for freeze in freezes:
        first, last = (clock.local_date(at, zone) for at in (freeze.starts_at, freeze.last_moment))
        if first < _following(month) and last >= month:
            yield Frozen(freeze, begins=first >= month)


def _rhythm(system: System) -> str:
    """When its windows lie, as its first active cadence says: third Tue, 11:00."""
    active = [cadence for cadence in system.cadences.all() if cadence.active]
    if not active:
        return ""
    hour = f"{active[0].start_time:%H:%M}"
    found = ONE_DAY_A_MONTH.fullmatch(active[0].rrule)
    return f"{PLACES[found[1]]} {WEEKDAYS[found[2]]}, {hour}" if found and found[1] in PLACES else hour
