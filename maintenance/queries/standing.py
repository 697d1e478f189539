"""Windows and freezes as the clash rules see them."""

from datetime import date, datetime, timedelta

from changeboard.clock import local_date
from changeboard.refusal import Reason
from maintenance.domain import slots
from maintenance.domain.conflicts import Frozen, Span, clashes
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
    return [frozen(freeze) for freeze in Freeze.objects.between(start, end)]


def frozen(freeze: Freeze) -> Frozen:
    """A freeze as the rules see it. No query when its systems are fetched."""
    systems = frozenset(system.pk for system in freeze.systems.all())
    return Frozen(freeze.name, freeze.starts_at, freeze.ends_at, systems, freeze.hard, freeze.pk)


def free_days(wanted: Window, *, now: datetime, count: int = 3) -> list[date]:
    """The nearest days on which this window would clash with nothing. Three queries."""
    first = max(local_date(now, wanted.time_zone) + timedelta(days=1), wanted.on - AROUND)
    last = wanted.on + AROUND
    frozen = freezes_between(wanted.starts_at - AROUND, wanted.ends_at + AROUND)
    return slots.nearest_free(
        span_of(wanted), wanted.wall, wanted.time_zone, spans_between(first, last), frozen,
        first=first, last=last, count=count,
    )  # fmt: skip


def clash_reasons(wanted: Window) -> list[Reason]:
    """Why the window cannot lie where it is wanted; empty when it can. Three queries."""
    day = timedelta(days=1)
    span: Span = span_of(wanted)
    around = spans_between(wanted.on - day, wanted.on + day)
    return clashes(span, around, freezes_between(wanted.starts_at, wanted.ends_at))
