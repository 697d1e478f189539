"""What a changed policy, cadence, client or contact would mean for the notices of the next six months.

The same plan that fills the ledger runs on a clock that goes ahead, once as things are and once as they would
be. Nothing is written to find it out.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings

from changeboard import clock
from changeboard.directory.models import Client
from notifications import labels
from notifications.domain import difference as domain
from notifications.domain.difference import Difference, Part
from notifications.domain.lifecycle import TOLD
from notifications.domain.milestones import Line
from notifications.domain.picture import Reader
from notifications.queries.outlook import WindowAhead, end_of_day

MONTHS = timedelta(days=183)


@dataclass(frozen=True)
class Shown:
    """A window as the page names it: of one that would be made anew there is no row yet."""

    reference: str
    starts_at: datetime
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A part of the difference in words."""

    audience: str
    milestone: str
    part: Part


@dataclass(frozen=True)
class LateRow:
    window: Shown
    audience: str
    milestone: str
    due_at: datetime
    many: int


@dataclass(frozen=True)
class UnheardRow:
    """One window and the clients that hear nothing before it, or too little."""

    window: Shown
    clients: tuple[str, ...]


@dataclass(frozen=True)
class Consequences:
    """The difference with its names. `fingerprint` stands for all that was looked at."""

    difference: Difference
    rows: tuple[Row, ...]
    late: tuple[LateRow, ...]
    unheard: tuple[UnheardRow, ...]
    heard: tuple[UnheardRow, ...]
    short: tuple[UnheardRow, ...]
    until: datetime
    fingerprint: str


def end(now: datetime) -> datetime:
    """The end of the platform's day in six months (UTC)."""
    zone = str(settings.PLATFORM_TIME_ZONE)
    return end_of_day(clock.local_date(now + MONTHS, zone), zone)


def outlook(
    ahead: Iterable[WindowAhead],
    lines: Sequence[Line],
    client_of: Mapping[int, int],
    *,
    now: datetime,
    until: datetime,
    same: Mapping[int, object] | None = None,
) -> list[domain.Window]:
    """What goes out under these lines, for the comparison. No query.

    Readers of one kind who use and were told the same fare alike: one stands for them all. Where
    readers themselves are compared, `same` says of each contact what it is on both sides.
    """
    found = []
    for each in ahead:
        alike = _alike(each, same)
        start = each.picture.present.starts_at
        is_ahead = now < start <= until and not each.picture.is_cancelled
        found.append(
            domain.Window(
                each.picture.id,
                tuple(_one_each(each, alike).going(lines, now=now, until=until)),
                each.concerned if is_ahead else frozenset(),
                {pk: _clients((reader.contact_id for reader in of), client_of) for pk, of in alike.items()},
                _told(each, client_of),
                {pk: len(of) for pk, of in alike.items()},
                {
                    pk: domain.Promise(days, of[0].zone, start)
                    for pk, of in alike.items()
                    if (days := of[0].contract_days)
                },
            )
        )
    return found


def _alike(ahead: WindowAhead, same: Mapping[int, object] | None) -> dict[int, list[Reader]]:
    """Readers by the first of them that fares as they do."""
    told: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for entry in ahead.ledger:
        # All but whose row it is, and its number.
        told[entry.contact_id].append((*entry[1:6], *entry[7:]))
    alike: dict[object, list[Reader]] = defaultdict(list)
    for reader in ahead.readers:
        pk = reader.contact_id
        kind = reader.kind if same is None else same[pk]
        alike[kind, tuple(told.get(pk, ())), ahead.picture.concerns.get(pk)].append(reader)
    return {of[0].contact_id: of for of in alike.values()}


def _one_each(ahead: WindowAhead, alike: Mapping[int, Sequence[Reader]]) -> WindowAhead:
    """With the first of those that fare alike, and whoever was told and is no reader any more."""
    others = {reader.contact_id for of in alike.values() for reader in of[1:]}
    return replace(
        ahead,
        readers=[of[0] for of in alike.values()],
        ledger=[entry for entry in ahead.ledger if entry.contact_id not in others],
    )


def _told(ahead: WindowAhead, client_of: Mapping[int, int]) -> frozenset[int]:
    """The clients that heard of the window's present date."""
    present = ahead.picture.present.number
    told = (each for each in ahead.ledger if each.state in TOLD and each.revision == present)
    return _clients((entry.contact_id for entry in told), client_of)


def _clients(contacts: Iterable[int], client_of: Mapping[int, int]) -> frozenset[int]:
    return frozenset(client_of[contact] for contact in contacts if contact in client_of)


def consequences(
    found: Difference,
    windows: Mapping[int, Shown],
    *,
    until: datetime,
    seen: Iterable[object] = (),
    names: Mapping[int, str] | None = None,
) -> Consequences:
    """The difference with the names of windows and clients. One query. `seen`: what else the person looked at;
    `names` of clients that are not there yet."""
    clients = {each.client for each in (*found.unheard, *found.heard, *found.short)}
    names = {**(names or {}), **dict(Client.objects.filter(pk__in=clients).values_list("pk", "name"))}
    return Consequences(
        found,
        tuple(_row(part) for part in found.differing),
        tuple(
            LateRow(
                windows[each.window], labels.AUDIENCES[each.audience], labels.MILESTONES[each.milestone],
                each.due_at, each.many,
            )
            for each in found.late
        ),
        tuple(_unheard(found.unheard, windows, names)),
        tuple(_unheard(found.heard, windows, names)),
        tuple(_unheard(found.short, windows, names)),
        until,
        _fingerprint(found, *seen),
    )  # fmt: skip


def _row(part: Part) -> Row:
    return Row(labels.AUDIENCES[part.audience], labels.MILESTONES[part.milestone], part)


def _unheard(
    found: Iterable[domain.Unheard], windows: Mapping[int, Shown], names: Mapping[int, str]
) -> list[UnheardRow]:
    by_window: dict[int, list[str]] = defaultdict(list)
    for each in found:
        by_window[each.window].append(names.get(each.client, ""))
    rows = [UnheardRow(windows[pk], tuple(sorted(clients))) for pk, clients in by_window.items()]
    return sorted(rows, key=lambda row: row.window.starts_at)


def _fingerprint(*seen: object) -> str:
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def shown(ahead: Iterable[WindowAhead]) -> dict[int, Shown]:
    """The windows' names and starts by the ids of their pictures. What is not made yet has its system's name."""
    return {
        each.picture.id: Shown(
            each.window.reference or each.window.system.code,
            each.picture.present.starts_at,
            each.window.get_absolute_url() if each.window.pk else "",
        )
        for each in ahead
    }
