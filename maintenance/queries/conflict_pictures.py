"""What the pure rules want to know of windows, for any number of them in the same few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from changeboard.clock import local_date
from maintenance.contributions import contributors
from maintenance.domain.budget import Length
from maintenance.domain.conflicts import WEEK, Hit, Picture, Reader, Rider
from maintenance.models import Window
from maintenance.queries import hit_clients
from maintenance.queries.cadence_starts import cadence_starts
from maintenance.queries.claims import claims_by_window
from maintenance.queries.hit_clients import Reach
from maintenance.queries.standing import freezes_between, span_of

DAY = timedelta(days=1)
# The key of a window that is not saved.
UNSAVED = 0


def pictures(
    windows: Sequence[Window],
    known: Mapping[int, datetime],
    further: Mapping[int, Sequence[Rider]] | None = None,
) -> dict[int, Picture]:
    """By id (0: not saved) what the rules want to know of each window. `known`: since when it is to lie there."""
    first, last = min(window.on for window in windows), max(window.on for window in windows)
    around = Window.objects.standing().filter(on__gte=first - WEEK, on__lte=last + WEEK).for_pages()
    others = {window.pk: window for window in around}
    riders = _riders([*{**others, **{window.pk: window for window in windows if window.pk}}.values()])
    for pk, more in (further or {}).items():
        riders[pk] = [*riders[pk], *more]
    wanted = {window.pk or UNSAVED: window for window in windows}
    claims = claims_by_window([window for window in windows if window.pk])
    frozen = freezes_between(min(each.starts_at for each in windows), max(each.ends_at for each in windows))
    cadence = cadence_starts(wanted)
    readers, hits = _clients(wanted, others, riders, known)
    return {
        pk: Picture(
            window=span_of(window),
            known_at=known[pk],
            windows=[span_of(other) for other in others.values()],
            freezes=frozen,
            downtime=[Length(claim.planned_seconds, claim.worst_seconds) for claim in claims.get(pk, [])],
            budget_seconds=window.open_budget_seconds,
            cadence=cadence.get(pk),
            riders=riders[pk],
            readers=readers[pk],
            hits=hits[pk],
        )
        for pk, window in wanted.items()
    }


def _riders(windows: Sequence[Window]) -> dict[int, list[Rider]]:
    """One question to each contributor."""
    found: dict[int, list[Rider]] = defaultdict(list)
    for pk, riders in chain.from_iterable(each.riders_by_window(windows).items() for each in contributors()):
        found[pk] += riders
    return found


def _clients(
    wanted: Mapping[int, Window],
    others: Mapping[int, Window],
    riders: Mapping[int, list[Rider]],
    known: Mapping[int, datetime],
) -> tuple[dict[int, list[Reader]], dict[int, list[Hit]]]:
    """Clients whose dates or contracts speak against a window, and those that others of its week hit too.

    Asked rarest first: without such a date, contract or neighbour no client is looked at.
    """
    dated = hit_clients.with_dates(_days(wanted.values()), _least_lead(wanted, known))
    pairs = list(_pairs(wanted, others, riders))
    concerned = {pk: window for pk, window in wanted.items() if dated}
    concerned |= {
        key: window for pair in pairs for key, window in ((pair.pk, wanted[pair.pk]), pair.neighbour)
    }
    reaches = {pk: _reach(window, riders.get(pk, ())) for pk, window in concerned.items()}
    clients = hit_clients.clients_by_window(reaches, None if pairs else list(dated)) if reaches else {}
    readers = {pk: [dated[each] for each in clients.get(pk, {}) if each in dated] for pk in wanted}
    hits: dict[int, list[Hit]] = defaultdict(list)
    for pair in pairs:
        also, other = clients[pair.other.pk], pair.other
        both = {client: name for client, name in clients[pair.pk].items() if client in also}
        hits[pair.pk].append(Hit(span_of(other), both))
    return readers, hits


@dataclass(frozen=True)
class Pair:
    """A window (its key) and another of its week, both felt by clients."""

    pk: int
    other: Window

    @property
    def neighbour(self) -> tuple[int, Window]:
        return self.other.pk, self.other


def _pairs(
    wanted: Mapping[int, Window], others: Mapping[int, Window], riders: Mapping[int, list[Rider]]
) -> Iterable[Pair]:
    felt = [other for pk, other in others.items() if _is_felt(other, riders.get(pk, ()))]
    for pk, window in wanted.items():
        if _is_felt(window, riders.get(pk, ())):
            yield from (
                Pair(pk, other) for other in felt if other.pk != pk and abs(other.on - window.on) < WEEK
            )


def _is_felt(window: Window, riders: Sequence[Rider]) -> bool:
    """Whether its clients notice anything: the platform goes down, or a change makes a service worse."""
    return window.takes_downtime or any(rider.is_felt for rider in riders)


def _reach(window: Window, riders: Sequence[Rider]) -> Reach:
    systems = frozenset({window.system_id}).union(*(rider.systems for rider in riders))
    return Reach(systems, frozenset().union(*(rider.services for rider in riders)))


def _days(windows: Iterable[Window]) -> set[date]:
    """The days on which these windows may lie somewhere on earth."""
    return {
        local_date(window.starts_at, "UTC") + shift * DAY
        for window in windows
        for shift in range(-1, 3 + (window.ends_at - window.starts_at).days)
    }


def _least_lead(windows: Mapping[int, Window], known: Mapping[int, datetime]) -> int:
    """A contract that asks for no more days than this is kept by every window, in any zone."""
    return min((window.starts_at - known[pk]).days for pk, window in windows.items()) - 1
