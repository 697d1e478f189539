"""One round of the beat: the ledger is brought to the plan, then what is due goes out;
the board's members are invited to its meetings.

Harmless to run twice or at once: rows stand under unique keys and are claimed one by one.
"""

import time
from datetime import datetime

from django.db.models import F

from notifications.actions import dispatching, inviting, reconciling
from notifications.actions.dispatching import Ring, Stop
from notifications.models import Tick


def tick(*, now: datetime, most: int = 5000, ring: Ring | None = None) -> Tick:
    """Reconcile, send at most `most` a channel, and note the round for whoever watches (`/readyz`).

    With `ring` others do the sending: it is rung once for each batch that is due.
    """
    began = time.monotonic()
    tally = reconciling.reconcile(now=now)
    sent = dispatching.hand_out(now=now, ring=ring) if ring else dispatching.send_due(now=now, most=most)
    invited, uninvited = inviting.tell(now=now)
    Tick.objects.outdated(now=now).delete()
    return Tick.objects.create(
        at=now,
        took_ms=round((time.monotonic() - began) * 1000),
        planned=tally.planned,
        superseded=tally.superseded,
        skipped=tally.skipped + sent.skipped,
        sent=sent.accepted + sent.offered + invited,
        failed=sent.failed + uninvited,
    )


def send_batch(channel: str, *, now: datetime, stop: Stop = dispatching.never) -> bool:
    """Send one batch of a channel; what went out is counted with the newest round. Whether more may be due."""
    sent = dispatching.send_batch(channel, now=now, stop=stop)
    if sent.accepted or sent.offered or sent.skipped or sent.failed:
        newest = Tick.objects.order_by("-at", "-id").values("pk")[:1]
        Tick.objects.filter(pk__in=newest).update(
            sent=F("sent") + sent.accepted + sent.offered,
            failed=F("failed") + sent.failed,
            skipped=F("skipped") + sent.skipped,
        )
    return sent.rows == dispatching.BATCH and not sent.over
