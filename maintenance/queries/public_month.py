"""One month of the public windows on a reader's own calendar, for a page that is shown inside another."""

from calendar import SUNDAY, Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from changeboard import clock
from changeboard.directory.models import System
from maintenance.domain.public import PublicFreeze, PublicWindow, begins_on, fingerprint
from maintenance.queries.public import freezes, known

WEEKS = Calendar(firstweekday=SUNDAY)
MONTHS_AHEAD = 13


@dataclass(frozen=True)
class PublicDay:
    """One day of the reader's calendar."""

    on: date
    is_out: bool
    is_today: bool
    is_frozen: bool
    windows: tuple[PublicWindow, ...]


@dataclass(frozen=True)
class PublicMonth:
    """Whole weeks, Sunday to Saturday. `previous` and `following` are None where nothing is kept or planned."""

    first: date
    weeks: tuple[tuple[PublicDay, ...], ...]
    previous: date | None
    following: date | None

    @property
    def windows(self) -> list[PublicWindow]:
        """Those of the month itself, in order."""
        return [one for week in self.weeks for day in week if not day.is_out for one in day.windows]

    @property
    def etag(self) -> str:
        return fingerprint(self)


def month(first: date, *, zone: str, now: datetime, systems: Sequence[System] = ()) -> PublicMonth:
    """The month of `first` in `zone`, moved into what is kept and planned. Three queries."""
    oldest = begins_on(now).date()
    newest = _month_after(clock.local_date(now, zone), MONTHS_AHEAD)
    first = min(max(first.replace(day=1), oldest), newest)
    windows, frozen = known(now=now, systems=systems), freezes(now=now)
    today, holding = clock.local_date(now, zone), _holding(frozen, {system.code for system in systems})
    weeks = tuple(
        tuple(_day(on, first, today, zone, windows, holding) for on in week)
        for week in WEEKS.monthdatescalendar(first.year, first.month)
    )
    before, after = _month_after(first, -1), _month_after(first, 1)
    return PublicMonth(first, weeks, before if before >= oldest else None, after if after <= newest else None)


def _day(
    on: date,
    first: date,
    today: date,
    zone: str,
    windows: list[PublicWindow],
    frozen: list[PublicFreeze],
) -> PublicDay:
    noon = clock.at_wall(on, time(12), zone)
    return PublicDay(
        on=on,
        is_out=(on.year, on.month) != (first.year, first.month),
        is_today=on == today,
        is_frozen=any(freeze.starts_at <= noon <= freeze.last_moment for freeze in frozen),
        windows=tuple(one for one in windows if clock.local_date(one.starts_at, zone) == on),
    )


def _holding(frozen: list[PublicFreeze], codes: set[str]) -> list[PublicFreeze]:
    """Those that hold for all that is shown."""
    return [freeze for freeze in frozen if not freeze.systems or (codes and codes <= set(freeze.systems))]


def _month_after(on: date, months: int) -> date:
    count = on.year * 12 + on.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
