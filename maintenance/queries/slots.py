"""Everything that a search for slots looks at, read in a fixed number of queries, and what it finds."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings

from changeboard.clock import at_wall
from changeboard.directory.models import Client, NoGoDate, System
from changeboard.directory.queries.affected import affected_clients
from changeboard.directory.queries.public_holidays import holiday
from maintenance.domain.budget import Length
from maintenance.domain.conflicts import Span
from maintenance.domain.lifecycle import AHEAD
from maintenance.domain.slot_clients import Affected, places
from maintenance.domain.slot_rides import Offer, Ride, rides
from maintenance.domain.slot_search import Finder, Found, Standing, Wish
from maintenance.models import Window
from maintenance.queries.claims import claims_by_window
from maintenance.queries.standing import freezes_between, span_of
from maintenance.queries.volumes import volumes

WEEK = timedelta(days=7)
# Clients named in a sentence; the others are counted.
NAMED = 3


@dataclass(frozen=True)
class Question:
    """A wish, the services that it touches, how often an urgent order counts, and whose claim is its own
    already (kind and id of its source)."""

    wish: Wish
    services: tuple[int, ...] = ()
    weight: int = 5
    own: tuple[str, int] | None = None


@dataclass(frozen=True)
class Answer:
    """What was found, with the clients' names in the order of the search."""

    question: Question
    found: Found
    rides: list[Ride]
    finder: Finder
    names: Sequence[str]
    windows: Sequence[Span]

    @property
    def wish(self) -> Wish:
        return self.question.wish

    @property
    def standing(self) -> Standing:
        return self.finder.standing

    def clients(self, who: int) -> str:
        """Copperline Health, Larkspur and 3 more."""
        hit = [self.names[place] for place in places(who)]
        more = len(hit) - NAMED
        return f"{', '.join(hit[:NAMED])} and {more} more" if more > 0 else ", ".join(hit)


def answer(question: Question, *, now: datetime) -> Answer:
    """Search, and say what was found. Ten queries beside the contributors', for any number of rows."""
    wish = question.wish
    windows = list(
        Window.objects.standing().filter(on__gte=wish.first - WEEK, on__lte=wish.last + WEEK).for_pages()
    )
    spans = [span_of(window) for window in windows]
    clients, names = _clients(wish, question.services, {window.system_id for window in windows})
    known = volumes([client.id for client in clients], wish.system_ids, weight=question.weight)
    start, end = (at_wall(on, time(0), wish.zone) for on in (wish.first - WEEK, wish.last + WEEK))
    finder = Finder(
        wish,
        Standing(
            windows=spans,
            freezes=freezes_between(start, end),
            clients=clients,
            volumes=known,
            now=now,
            horizon_days=settings.PLANNING_HORIZON_DAYS,
            takes_downtime=frozenset(window.pk for window in windows if window.takes_downtime),
            holidays=_holidays(wish),
        ),
    )
    offers = _offers(
        [window for window in windows if window.state in AHEAD and window.starts_at > now], question
    )
    return Answer(question, finder.search(), rides(finder, offers), finder, names, spans)


def _holidays(wish: Wish) -> dict[date, str]:
    """The public holidays between its days, by name."""
    days = (wish.first + timedelta(days=number) for number in range((wish.last - wish.first).days + 1))
    return {on: name for on in days if (name := holiday(on))}


def _offers(windows: Sequence[Window], question: Question) -> list[Offer]:
    """Two questions to each contributor."""
    own = [window for window in windows if window.system_id in question.wish.system_ids]
    claims = claims_by_window(own)
    return [
        Offer(
            span_of(window),
            window.open_budget_seconds,
            tuple(
                Length(claim.planned_seconds, claim.worst_seconds)
                for claim in claims[window.pk]
                if (claim.source_kind, claim.source_id) != question.own
            ),
        )
        for window in own
    ]


def _clients(
    wish: Wish, services: Collection[int], hitting: Collection[int]
) -> tuple[list[Affected], list[str]]:
    """The clients that the wish would hit, by name, and their names. `hitting` are systems with windows near.

    Three queries.
    """
    affected = affected_clients(wish.system_ids, services)
    rows = list(affected.values_list("pk", "name", "time_zone", "contract_lead_days"))
    used = _grouped(
        Client.systems.through.objects.filter(system_id__in=hitting).values_list("client_id", "system_id")
    )
    days = NoGoDate.objects.filter(on__gte=wish.first - WEEK, on__lte=wish.last + WEEK)
    no_go = _grouped(days.values_list("client_id", "on"))
    none: frozenset[object] = frozenset()
    return [
        Affected(pk, zone, lead or 0, frozenset(no_go.get(pk, none)), frozenset(used.get(pk, none)))  # type: ignore[arg-type]
        for pk, _, zone, lead in rows
    ], [name for _, name, _, _ in rows]


def _grouped(pairs: Collection[tuple[int, object]]) -> Mapping[int, set[object]]:
    found: dict[int, set[object]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def wished_system(wish: Wish, systems: Sequence[System]) -> System:
    """The system that a new window would be of: the first of those wished for."""
    return next(system for system in systems if system.pk in wish.system_ids)
