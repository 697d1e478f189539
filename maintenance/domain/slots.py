"""The nearest free days to one that is taken."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import islice

from changeboard import clock
from maintenance.domain.conflicts import Frozen, Span, clashes


def span_on(wanted: Span, on: date, wall: time, zone: str) -> Span:
    """`wanted` as it would lie on another day, at the same wall time and of the same length."""
    starts_at = clock.at_wall(on, wall, zone)
    return Span(
        wanted.id, wanted.reference, wanted.system_id, on, starts_at,
        starts_at + (wanted.ends_at - wanted.starts_at),
    )  # fmt: skip


def nearest_free(
    wanted: Span,
    wall: time,
    zone: str,
    windows: Iterable[Span],
    freezes: Iterable[Frozen],
    *,
    first: date,
    last: date,
    count: int = 3,
) -> list[date]:
    """Up to `count` working days between `first` and `last` on which `wanted` clashes with nothing,
    nearest to the wanted day first, the later of two equally near ones first."""
    standing, frozen = list(windows), list(freezes)

    def is_free(on: date) -> bool:
        return on.weekday() < 5 and not clashes(span_on(wanted, on, wall, zone), standing, frozen)

    return list(islice((on for on in _outwards(wanted.on, first, last) if is_free(on)), count))


def _outwards(middle: date, first: date, last: date) -> Iterator[date]:
    reach = max((middle - first).days, (last - middle).days, 0)
    for distance in range(1, reach + 1):
        for on in (middle + timedelta(days=distance), middle - timedelta(days=distance)):
            if first <= on <= last:
                yield on
