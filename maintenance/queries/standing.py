"""Windows and freezes as the clash rules see them."""

from datetime import date, datetime, timedelta

from maintenance.domain.conflicts import Frozen, Span
from maintenance.models import Freeze, Window

# Far enough around a wanted day that the nearest free one is among what was read.
AROUND = timedelta(days=45)


def span_of(window: Window) -> Span:
    """A window as the clash rules see it."""
    return Span(window.pk, window.reference, window.system_id, window.on, window.starts_at, window.ends_at)


def spans_between(first: date, last: date) -> list[Span]:
    """Every window that stands between two platform days, both included. One query."""
    return [span_of(window) for window in Window.objects.standing().filter(on__gte=first, on__lte=last)]


def freezes_between(start: datetime, end: datetime) -> list[Frozen]:
    """Every freeze in force between two instants. Two queries."""
    return [
        Frozen(
            freeze.name,
            freeze.starts_at,
            freeze.ends_at,
            frozenset(system.pk for system in freeze.systems.all()),
            freeze.hard,
        )
        for freeze in Freeze.objects.between(start, end)
    ]
