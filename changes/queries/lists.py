"""The list of changes: views, filters, order, how many there are in each, and what to loosen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial, reduce
from operator import and_

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy

from changeboard.history import kept
from changeboard.people.models import Person
from changes.domain import lifecycle
from changes.domain.lifecycle import State
from changes.models import AgendaItem, Change, Meeting
from changes.models.change import ChangeQuerySet, sooner_than_planned
from changes.queries import next_step, searching
from changes.queries.next_step import Next
from changes.queries.searching import Piece
from changes.queries.untouched import is_untouched

PAGE_SIZE = 25
NEWEST, BEST = "-number", "best"

LIFE = Case(*[When(state=state.value, then=Value(place)) for place, state in enumerate(State)])
COLUMNS: dict[str, F | Case] = {
    "number": F("number"),
    "title": F("title"),
    "window": F("window__starts_at"),
    "risk": F("risk_score"),
    "down": F("worst_down_seconds"),
    "state": LIFE,
    "requester": F("requester__last_name"),
}

# Columns without a value for some changes.
MAY_LACK = ("window", "risk", "down")
OPEN = [state.value for state in State if state not in lifecycle.OVER]


class View(StrEnum):
    OPEN = "open"
    MINE = "mine"
    NEXT_BOARD = "next_board"
    SHORT_NOTICE = "short_notice"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True)
class Filters:
    """What the page asks for. An empty tuple means any; several values of one kind mean one of them.

    `short` is "yes", "no" or ""; `sort` a column, "-" before it for the other way round, or "best" for words.
    """

    view: View = View.OPEN
    words: str = ""
    state: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    risk: tuple[str, ...] = ()
    short: str = ""
    lies: tuple[str, ...] = ()
    window: tuple[str, ...] = ()
    requester: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    ref: tuple[str, ...] = ()
    sort: str = ""

    @property
    def order(self) -> str:
        """The order asked for, else what fits the words best, else the newest first."""
        if self.sort == BEST or not self.sort:
            return BEST if self.words else NEWEST
        return self.sort


def found(filters: Filters, *, person: Person, now: datetime) -> ChangeQuerySet:
    """The changes that the filters leave, in their order. The number makes every order a full one."""
    rows = Change.objects.filter(*conditions(filters, person=person, now=now).values())
    if filters.order == BEST:
        rows = searching.ranked(rows, filters.words)
    return rows.for_pages().order_by(*ordering(filters.order))


class KeysFirst:
    """Rows for a paginator: which they are is asked with nothing joined, and then only those are fetched.

    For an order that no index gives: PostgreSQL would join and carry every row that is found to sort them.
    """

    ordered = True

    def __init__(self, rows: ChangeQuerySet) -> None:
        self.rows = rows

    def count(self) -> int:
        """How many there are. One query."""
        return self.rows.count()

    def __getitem__(self, piece: slice) -> list[Change]:
        """Two queries, and what `for_pages` fetches beside."""
        keys = list(self.rows.values_list("pk", flat=True)[piece])
        found = Change.objects.for_pages().in_bulk(keys)
        return [found[key] for key in keys if key in found]


def conditions(filters: Filters, *, person: Person, now: datetime) -> dict[str, Q]:
    """What each filter asks of a change, by its name in the address; those that ask nothing are left out."""
    short = Q(pk__in=Change.objects.at_short_notice(now=now).values("pk"))
    systems = Change.systems.through.objects.filter(system__code__in=filters.system)
    asked = {
        "view": (filters.view != View.ALL, _in_view(filters.view, person, now)),
        "q": (filters.words, searching.holding(filters.words)),
        "state": (filters.state, Q(state__in=filters.state)),
        "system": (filters.system, Q(pk__in=systems.values("change"))),
        "kind": (filters.kind, Q(kind__in=filters.kind)),
        "risk": (filters.risk, Q(risk_level__in=filters.risk)),
        "short": (filters.short, ~short if filters.short == "no" else short),
        "lies": (filters.lies, is_untouched(now) if filters.lies else Q()),
        "window": (filters.window, Q(window__reference__in=filters.window)),
        "requester": (filters.requester, Q(requester__username__in=filters.requester)),
        "group": (filters.group, Q(requester__group__slug__in=filters.group)),
        "ref": (filters.ref, Q(reference__in=filters.ref)),
    }
    return {name: condition for name, (is_asked, condition) in asked.items() if is_asked}


def ordering(order: str) -> list[OrderBy]:
    """What has no value stands last either way. Only where some have none: an index gives its order else."""
    newest = F("number").desc()
    if order == BEST:
        return [F("rank").desc(), newest]
    column = COLUMNS[order.removeprefix("-")]
    last = {"nulls_last": True} if order.removeprefix("-") in MAY_LACK else {}
    first = column.desc(**last) if order.startswith("-") else column.asc(**last)
    return [first] if order.endswith("number") else [first, newest]


def counts(*, person: Person, now: datetime) -> dict[str, int]:
    """How many changes stand in each view. One query while nothing has happened since, else two more."""
    count = partial(_counts, person, now)
    return kept.counted(("views", person.pk), count, since=kept.newest, now=now)


def _counts(person: Person, now: datetime) -> dict[str, int]:
    """Only one of the two reads rows: the open ones."""
    among_open = (View.OPEN, View.MINE, View.NEXT_BOARD, View.SHORT_NOTICE)
    found: dict[str, int] = Change.objects.filter(state__in=OPEN).aggregate(
        **{view.value: Count("pk", filter=_in_view(view, person, now)) for view in among_open}
    )
    every = Change.objects.count()
    return {**found, View.CLOSED.value: every - found[View.OPEN.value], View.ALL.value: every}


def loosened(filters: Filters, *, person: Person, now: datetime) -> dict[str, int]:
    """How many there would be without each filter, by its name; only where there would be some. One query."""
    asked = conditions(filters, person=person, now=now)
    if not asked:
        return {}
    without = {
        name: Count("pk", filter=_all(condition for other, condition in asked.items() if other != name))
        for name in asked
    }
    counted = Change.objects.aggregate(**{f"without_{name}": each for name, each in without.items()})
    return {name: counted[f"without_{name}"] for name in asked if counted[f"without_{name}"]}


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
    said = searching.excerpts(rows, words) if words else {}
    return [Line(row, is_short(row, now=now), steps[row.pk], said.get(row.pk, [])) for row in rows]


def is_short(change: Change, *, now: datetime) -> bool:
    """Short notice says something only while the change is not over."""
    return change.state not in lifecycle.OVER and change.is_short_notice(now=now)


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, ~Q(pk=None))


def _in_view(view: View, person: Person, now: datetime) -> Q:
    is_open = Q(state__in=OPEN)
    match view:
        case View.MINE:
            return is_open & Q(requester=person)
        case View.NEXT_BOARD:
            return is_open & Q(pk__in=next_agenda(now).values("change"))
        case View.SHORT_NOTICE:
            return is_open & sooner_than_planned(now)
        case View.CLOSED:
            return Q(state__in=lifecycle.OVER)
        case View.ALL:
            return ~Q(pk=None)
    return is_open


def next_agenda(now: datetime) -> QuerySet[AgendaItem]:
    """What the next meeting is to decide."""
    following = Meeting.objects.ahead(now=now).values("pk")[:1]
    return AgendaItem.objects.filter(meeting__in=following, closed_at=None, change__isnull=False).order_by()
