"""Windows and freezes as the clash rules see them: RIS on Tue 15 Dec 2026 at 11:00 unless told otherwise."""

from datetime import UTC, date, datetime, time, timedelta

from changeboard import clock
from maintenance.domain.conflicts import Frozen, Span

BIZ, PACS, RIS = 1, 2, 3
CHICAGO, ELEVEN = "America/Chicago", time(11)
TUESDAY = date(2026, 12, 15)


def span(pk=None, *, system=RIS, on=TUESDAY, wall=ELEVEN, seconds=900):
    starts_at = clock.at_wall(on, wall, CHICAGO)
    return Span(pk, f"W-{pk}", system, on, starts_at, starts_at + timedelta(seconds=seconds))


def frozen(first=(2026, 12, 19), last=(2027, 1, 4), *, systems=(), hard=True, pk=None):
    """From midnight to midnight in Chicago."""
    starts_at, ends_at = (datetime(*day, 6, tzinfo=UTC) for day in (first, last))
    return Frozen("Holiday peak", starts_at, ends_at, frozenset(systems), hard, pk)
