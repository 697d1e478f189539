"""Which clients a slot would hit badly: on a day they ruled out, with less lead than agreed, twice in a week.

Two thousand clients are held as bits of one number, so that a slot asks a dozen sets, not each client. Pure.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, reduce
from operator import or_

from changeboard import clock
from maintenance.domain.conflicts import Span

KINDS = ("no_go", "lead", "twice")
# Twice in a week: two windows fewer than seven platform days apart.
WEEK_DAYS = 7


@dataclass(frozen=True)
class Affected:
    """A client that the wish would hit. `lead_days` of its contract, 0 for none; `system_ids` that it uses."""

    id: int
    zone: str
    lead_days: int = 0
    no_go: frozenset[date] = frozenset()
    system_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hit:
    """Three sets of clients, each a number whose bits are places in the list of clients."""

    no_go: int = 0
    lead: int = 0
    twice: int = 0

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many clients, by kind."""
        return {
            "no_go": self.no_go.bit_count(),
            "lead": self.lead.bit_count(),
            "twice": self.twice.bit_count(),
        }

    @property
    def is_bad(self) -> bool:
        return bool(self.no_go or self.lead or self.twice)


NOBODY = Hit()


def places(clients: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while clients:
        lowest = clients & -clients
        yield lowest.bit_length() - 1
        clients ^= lowest


class BadDays:
    """The clients' days and leads, laid out by platform day and by instant."""

    def __init__(
        self,
        clients: Sequence[Affected],
        windows: Sequence[Span],
        *,
        zone: str,
        now: datetime,
        disturbs: bool = True,
    ) -> None:
        """`windows` are those that take downtime. What does not disturb the platform hits nobody badly."""
        self.disturbs = disturbs
        self.twice: dict[tuple[date, int | None], int] = {}
        if not disturbs:
            return
        self.no_go = _no_go_days(clients, zone)
        self.leads, self.under_lead = _leads(clients, now)
        users = {
            system_id: _users(clients, system_id) for system_id in {window.system_id for window in windows}
        }
        self.windows = [(window.id, window.on, users[window.system_id]) for window in windows]

    def hit(
        self, on: date, last: date, starts_at: datetime, ends_at: datetime, *, own: int | None = None
    ) -> Hit:
        """Whom a window between two instants (UTC) on platform days `on` to `last` would hit badly; `own` is its
        id, if it is one of those that stand."""
        if not self.disturbs:
            return NOBODY
        no_go = 0
        for number in range((last - on).days + 1):
            for start, end, clients in self.no_go.get(on + timedelta(days=number), ()):
                if starts_at < end and start < ends_at:
                    no_go |= clients
        return Hit(no_go, self.under_lead[bisect_right(self.leads, starts_at)], self._twice(on, own))

    def _twice(self, on: date, own: int | None) -> int:
        if (on, own) not in self.twice:
            near = [who for pk, day, who in self.windows if pk != own and abs((day - on).days) < WEEK_DAYS]
            self.twice[on, own] = reduce(or_, near, 0)
        return self.twice[on, own]


def _users(clients: Sequence[Affected], system_id: int) -> int:
    return sum(1 << place for place, client in enumerate(clients) if system_id in client.system_ids)


NoGo = tuple[datetime, datetime, int]


def _no_go_days(clients: Sequence[Affected], zone: str) -> dict[date, list[NoGo]]:
    """Platform day → the spans in which clients who ruled out a day of their own calendar have that day."""
    days: dict[tuple[str, date], int] = {}
    for place, client in enumerate(clients):
        for on in client.no_go:
            days[client.zone, on] = days.get((client.zone, on), 0) | 1 << place
    found: dict[date, list[NoGo]] = {}
    for (client_zone, on), who in days.items():
        start, end = (clock.at_wall(each, time(0), client_zone) for each in (on, on + timedelta(days=1)))
        first, last = (clock.local_date(each, zone) for each in (start, end))
        for number in range((last - first).days + 1):
            found.setdefault(first + timedelta(days=number), []).append((start, end, who))
    return found


def _leads(clients: Sequence[Affected], now: datetime) -> tuple[list[datetime], list[int]]:
    """Instants in order, and beside them who has too little lead before each; after the last one nobody.

    A client asks for so many days of its own calendar between today and the window.
    """
    asked: dict[tuple[str, int], int] = {}
    for place, client in enumerate(clients):
        if client.lead_days:
            asked[client.zone, client.lead_days] = asked.get((client.zone, client.lead_days), 0) | 1 << place
    enough = sorted(
        (clock.at_wall(clock.local_date(now, zone) + timedelta(days=days), time(0), zone), who)
        for (zone, days), who in asked.items()
    )
    under = [0]
    for _, who in reversed(enough):
        under.append(under[-1] | who)
    return [at for at, _ in enough], under[::-1]
