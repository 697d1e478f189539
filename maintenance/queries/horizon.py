"""Six months ahead: each system's windows month by month, with the downtime that is left."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from changeboard import clock
from changeboard.directory.models import System
from maintenance.models import Freeze, Window
from maintenance.queries import lists
from maintenance.queries.lists import Line

MONTHS = 6


@dataclass(frozen=True)
class SystemAhead:
    """One row: a system, and its windows in each of the months."""

    system: System
    rhythm: str
    months: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Horizon:
    months: tuple[date, ...]
    systems: tuple[SystemAhead, ...]
    freezes: tuple[tuple[Freeze, ...], ...]
    ends_on: date


def horizon(*, now: datetime) -> Horizon:
    """From the present month on; what may disturb the platform before `ends_on` is short notice. Five queries."""
    zone = str(settings.PLATFORM_TIME_ZONE)
    today = clock.local_date(now, zone)
    months = tuple(_months(today.replace(day=1)))
    last = (months[-1] + timedelta(days=32)).replace(day=1)
    rows = Window.objects.standing().filter(on__gte=months[0], on__lt=last).for_pages().order_by("starts_at")
    lines = lists.lines(list(rows))
    freezes = list(Freeze.objects.ahead(now=now))
    systems = System.objects.prefetch_related("cadences")
    return Horizon(
        months,
        tuple(SystemAhead(each, _rhythm(each), _by_month(each, months, lines)) for each in systems),
        tuple(tuple(freeze for freeze in freezes if _in(freeze, month, zone)) for month in months),
        today + timedelta(days=settings.PLANNING_HORIZON_DAYS),
    )


def _months(first: date) -> list[date]:
    found = [first]
    while len(found) < MONTHS:
        found.append((found[-1] + timedelta(days=32)).replace(day=1))
    return found


def _by_month(system: System, months: tuple[date, ...], lines: list[Line]) -> tuple[tuple[Line, ...], ...]:
    own = [line for line in lines if line.window.system_id == system.pk]
    return tuple(
        tuple(
            line for line in own if (line.window.on.year, line.window.on.month) == (month.year, month.month)
        )
        for month in months
    )


def _in(freeze: Freeze, month: date, zone: str) -> bool:
    """Whether the freeze begins in this month; the first month also shows one that holds already."""
    return clock.local_date(freeze.starts_at, zone).replace(day=1) == month


def _rhythm(system: System) -> str:
    """When its windows start, as its first active cadence says: 11:00."""
    active = [cadence for cadence in system.cadences.all() if cadence.active]
    return f"{active[0].start_time:%H:%M}" if active else ""
