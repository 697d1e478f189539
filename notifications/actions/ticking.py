"""One round of the beat: the ledger is brought to the plan, then what is due goes out;
the board's members are invited to its meetings.

Harmless to run twice or at once: rows stand under unique keys and are claimed one by one. A round that finds
nothing to do costs one statement.
"""

import time
from datetime import datetime

from django.db import transaction
from django.db.models import F

from notifications.actions import confirming, dispatching, inviting, owners, reconciling, sealing, watching
from notifications.actions.batch import Stop
from notifications.actions.dispatching import Ring
from notifications.models import Tick
from notifications.models.ledger import BY_PROGRAM
from notifications.queries import rounds


def tick(*, now: datetime, most: int = 5000, ring: Ring | None = None) -> Tick:
    """Reconcile, send at most `most` a channel, and note the round for whoever watches (`/readyz`).

    With `ring` others do the sending: it is rung once for each batch that is due.
    """
    return _work(rounds.look(by_program=BY_PROGRAM, now=now), now=now, most=most, ring=ring)


def watched(*, now: datetime, ring: Ring | None = None) -> Tick:
    """A round of the beat: as above, and the rounds that did not come before it are told to the administrators."""
    # Together: a silence is seen by the distance to the round before, and this one ends it.
    with transaction.atomic(savepoint=False):
        found = rounds.look(by_program=BY_PROGRAM, now=now)
        silence = watching.note(found.last_at, found.is_silence_open, now=now, ticks=True)
    done = _work(found, now=now, ring=ring)
    watching.tell(silence, now=now)
    return done


def _work(found: rounds.Look, *, now: datetime, most: int = 5000, ring: Ring | None = None) -> Tick:
    began = time.monotonic()
    if found.is_quiet:
        return Tick(pk=found.tick_id, at=now)
    wrote = reconciling.Tally()
    buried = owners.bury(now=now) if found.is_leased else 0
    if found.plans or buried:
        wrote = reconciling.reconcile(now=now)
        Tick.objects.outdated(now=now).delete()
    sent = dispatching.hand_out(now=now, ring=ring) if ring else dispatching.send_due(now=now, most=most)
    invited, uninvited = inviting.tell(now=now) if found.is_stirred or found.invites else (0, 0)
    asked = confirming.send_due(now=now) if found.is_stirred or found.asks else 0
    _count(
        found.tick_id, sent.accepted + sent.offered + invited + asked, sent.failed + uninvited, sent.skipped
    )
    # What this round and those before it heard becomes part of the chain; senders do not wait for it.
    sealing.seal(now=now)
    Tick.objects.filter(pk=found.tick_id).update(
        took_ms=round((time.monotonic() - began) * 1000),
        planned=wrote.planned,
        superseded=wrote.superseded,
        skipped=F("skipped") + wrote.skipped,
        # Only now: a round that broke off or passed a window over has not planned; the next one does it.
        planned_anew=bool(found.plans or buried) and not wrote.passed_over,
    )
    return Tick.objects.get(pk=found.tick_id)


def send_batch(channel: str, *, now: datetime, stop: Stop = dispatching.never) -> bool:
    """Send one batch of a channel; what went out is counted with the newest round. Whether more may be due."""
    sent = dispatching.send_batch(channel, now=now, stop=stop)
    newest = Tick.objects.order_by("-at", "-id").values_list("pk", flat=True).first()
    if newest is not None:
        _count(newest, sent.accepted + sent.offered, sent.failed, sent.skipped)
    return sent.rows == dispatching.BATCH and not sent.over


def _count(tick_id: int, sent: int, failed: int, skipped: int) -> None:
    """Add to what a round did; others may be adding to it at the same time."""
    if sent or failed or skipped:
        Tick.objects.filter(pk=tick_id).update(
            sent=F("sent") + sent, failed=F("failed") + failed, skipped=F("skipped") + skipped
        )
