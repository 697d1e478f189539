"""A year's downtime against its budget: months down, systems across, in seconds and as availability."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.conf import settings

from changeboard import clock
from changeboard.directory.models import System
from maintenance.domain.availability import Downtime
from maintenance.domain.lifecycle import OPEN
from maintenance.models import Window
from maintenance.queries.lists import Line, lines


@dataclass(frozen=True)
class Cell:
    """One system in one month, with its windows."""

    system: System
    sums: Downtime
    windows: tuple[Line, ...]


@dataclass(frozen=True)
class MonthOfYear:
    first: date
    cells: tuple[Cell, ...]
    together: Downtime


@dataclass(frozen=True)
class Year:
    """The months, and each system's and the platform's sums over all of them."""

    year: int
    systems: tuple[System, ...]
    months: tuple[MonthOfYear, ...]
    totals: tuple[Cell, ...]
    together: Downtime


def year(number: int, *, now: datetime) -> Year:
    """What stands in a year. Cancelled windows take nothing. Two queries and what the contributors ask."""
    systems = tuple(System.objects.all())
    windows = Window.objects.standing().filter(on__year=number).for_pages().order_by("starts_at")
    found = lines(list(windows))
    months = tuple(_month(date(number, month, 1), systems, found) for month in range(1, 13))
    whole = _lasts(date(number, 1, 1), date(number + 1, 1, 1))
    totals = tuple(
        Cell(system, replace(sum((month.cells[place].sums for month in months), Downtime()), lasts=whole), ())
        for place, system in enumerate(systems)
    )
    return Year(
        number, systems, months, totals, replace(sum((each.sums for each in totals), Downtime()), lasts=whole)
    )


def _month(first: date, systems: tuple[System, ...], found: list[Line]) -> MonthOfYear:
    lasts = _lasts(first, date(first.year + first.month // 12, first.month % 12 + 1, 1))
    own = [line for line in found if line.window.on.month == first.month]
    cells = tuple(
        _cell(system, [line for line in own if line.window.system_id == system.pk], lasts)
        for system in systems
    )
    return MonthOfYear(first, cells, replace(sum((cell.sums for cell in cells), Downtime()), lasts=lasts))


def _cell(system: System, own: list[Line], lasts: int) -> Cell:
    sums = replace(sum((_taken(line) for line in own), Downtime()), lasts=lasts)
    return Cell(system, sums, tuple(own))


def _taken(line: Line) -> Downtime:
    """What is over took what it took; what is not takes what rides on it."""
    if line.window.state in OPEN:
        return Downtime(
            line.sums.budget,
            line.sums.planned,
            line.sums.likely_worst,
            windows=1,
            over=int(line.sums.is_over),
        )
    used = line.actual or 0
    return Downtime(line.sums.budget, used=used, windows=1, over=int(line.took_longer))


def _lasts(first: date, following: date) -> int:
    """Real seconds of a local period: a month with a change of clocks is an hour shorter or longer."""
    zone = str(settings.PLATFORM_TIME_ZONE)
    return round(
        (clock.at_wall(following, time(0), zone) - clock.at_wall(first, time(0), zone)).total_seconds()
    )
