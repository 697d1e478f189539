"""The list of changes: five views, filters, and how many there are in each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from changeboard.people.models import Person
from changes.domain import lifecycle
from changes.models import AgendaItem, Change, Meeting, RiskLevel
from changes.queries import next_step, searching
from changes.queries.next_step import Next
from changes.queries.searching import Piece

PAGE_SIZE = 25


class View(StrEnum):
    OPEN = "open"
    MINE = "mine"
    NEXT_BOARD = "next_board"
    SHORT_NOTICE = "short_notice"
    CLOSED = "closed"


@dataclass(frozen=True)
class Filters:
    """What the page asks for; "" means any. `risk` is a level, or "high_up" for high and critical."""

    view: View = View.OPEN
    words: str = ""
    system: str = ""
    risk: str = ""
    window: str = ""


def found(filters: Filters, *, person: Person, now: datetime) -> QuerySet[Change]:
    """The changes that the filters leave: what holds the words best first, else the newest first."""
    rows = Change.objects.filter(_in_view(filters.view, person, now))
    if filters.words:
        rows = searching.matching(rows, filters.words)
    if filters.system:
        rows = rows.filter(systems__code=filters.system)
    if filters.risk:
        rows = rows.filter(risk_level__in=_levels(filters.risk))
    if filters.window:
        rows = rows.filter(window__reference=filters.window)
    return rows.for_pages().order_by(*(["-rank"] if filters.words else []), "-number")


def counts(*, person: Person, now: datetime) -> dict[str, int]:
    """How many changes stand in each view. One query."""
    return Change.objects.aggregate(
        **{view.value: Count("pk", filter=_in_view(view, person, now), distinct=True) for view in View}
    )


@dataclass(frozen=True)
class Line:
    """One change in the list; `excerpt` shows where the words stand that were asked for."""

    change: Change
    is_short_notice: bool
    next: Next | None
    excerpt: list[Piece] = field(default_factory=list)


def lines(changes: Iterable[Change], *, person: Person, now: datetime, words: str = "") -> list[Line]:
    """What the list says of each change. Two queries for any number of rows, with words three."""
    rows = list(changes)
    steps = next_step.next_steps(rows, person=person)
    found = searching.excerpts(rows, words) if words else {}
    return [
        Line(
            change,
            change.state not in lifecycle.OVER and change.is_short_notice(now=now),
            steps[change.pk],
            found.get(change.pk, []),
        )
        for change in rows
    ]


def _in_view(view: View, person: Person, now: datetime) -> Q:
    is_open = ~Q(state__in=lifecycle.OVER)
    match view:
        case View.MINE:
            return is_open & Q(requester=person)
        case View.NEXT_BOARD:
            return Q(pk__in=on_next_agenda(now).values("pk"))
        case View.SHORT_NOTICE:
            return Q(pk__in=Change.objects.at_short_notice(now=now).values("pk"))
        case View.CLOSED:
            return Q(state__in=lifecycle.OVER)
    return is_open


def on_next_agenda(now: datetime) -> QuerySet[Change]:
    """The changes that the next meeting is to decide."""
    following = Meeting.objects.ahead(now=now).values("pk")[:1]
    items = AgendaItem.objects.filter(meeting__in=following, closed_at=None)
    return Change.objects.filter(agenda_items__in=items)


def _levels(risk: str) -> list[str]:
    return [RiskLevel.HIGH, RiskLevel.CRITICAL] if risk == "high_up" else [risk]
