"""Sealing: what was added to the proof is linked to the chain, in order, by one process at a time.

Senders never wait for it: they append attempts, and the next round of the beat seals what it finds.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from maintenance.models import Window
from notifications.domain.chain import START, Kind, Link, digest, text
from notifications.models import Seal
from notifications.queries import facts
from notifications.queries.facts import Fact, Sought
from notifications.queries.rounds import EVERY_LOOK_THROUGH

# Work of one round; a wave of 100,000 is sealed within ten minutes (chain.GRACE).
MOST = 5000
ALL = 1_000_000
# So far back a usual round looks for what was numbered early and committed late.
NEAR = 2000
LOCK = 0x5EA1


@transaction.atomic
def seal(*, now: datetime, most: int = MOST) -> int:
    """Link what is new, at most `most` facts; answers how many. Nothing is sealed twice; while another process
    seals, this one leaves it to it. At most eight queries, and what it writes."""
    if not _only_one(wait=False):
        return 0
    head = Seal.objects.head()
    last_round = Seal.objects.rounds().order_by("-fact").values_list("at", flat=True).first()
    thorough = last_round is None or last_round <= now - EVERY_LOOK_THROUGH
    found = facts.unsealed(Sought() if thorough else _near(last_round), most)
    links = _linked(found, head, now)
    if thorough and len(found) < most:
        links.append(_round(links[-1] if links else head, now))
    Seal.objects.bulk_create(links, batch_size=1000)
    return len(found)


@transaction.atomic
def seal_window(window: Window, *, now: datetime) -> int:
    """The same for all of one window, however much it is, before its evidence is read or a name is given up."""
    _only_one(wait=True)
    found = facts.unsealed(Sought(window=window), ALL)
    Seal.objects.bulk_create(_linked(found, Seal.objects.head(), now), batch_size=1000)
    return len(found)


def _only_one(*, wait: bool) -> bool:
    """Whether this transaction is the one that seals, until it ends."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _near(last_round: datetime | None) -> Sought:
    """Where a usual round looks. One query."""
    above = max(0, Seal.objects.newest(Kind.ANSWER) - NEAR)
    return Sought(above=above, since=last_round - EVERY_LOOK_THROUGH if last_round else None)


def _linked(found: Sequence[Fact], head: Seal | None, now: datetime) -> list[Seal]:
    """Each behind the one before it, of all and of its window."""
    last = _last_of_windows({fact.window for fact in found})
    number, previous = (head.number, head.digest) if head else (0, START)
    links = []
    for fact in found:
        number += 1
        place, before = last.get(fact.window, (0, START))
        link = Link(
            number, fact.window, place + 1, fact.kind.value, fact.number, fact.delivery, text(now) or "",
            previous, before, fact.body,
        )  # fmt: skip
        links.append(_row(link, now))
        previous = links[-1].digest
        last[fact.window] = place + 1, previous
    return links


def _last_of_windows(windows: set[int]) -> dict[int, tuple[int, str]]:
    """By window: the place and digest of its last link. One query."""
    rows = Seal.objects.filter(window__in=windows).order_by("window", "-place").distinct("window")
    return {window: (place, words) for window, place, words in rows.values_list("window", "place", "digest")}


def _round(last: Seal | None, now: datetime) -> Seal:
    number, previous = (last.number, last.digest) if last else (0, START)
    count = Seal.objects.newest(Kind.ROUND) + 1
    link = Link(number + 1, None, 0, Kind.ROUND.value, count, None, text(now) or "", previous, START, "{}")
    return _row(link, now)


def _row(link: Link, now: datetime) -> Seal:
    return Seal(
        number=link.number, window_id=link.window, place=link.place, kind=link.kind, fact=link.fact,
        delivery_id=link.delivery, at=now, previous=link.previous, before=link.before, body=link.body,
        digest=digest(link),
    )  # fmt: skip
