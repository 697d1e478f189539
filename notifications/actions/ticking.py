"""One round of the beat: the ledger is brought to the plan, then what is due goes out;
the board's members are invited to its meetings.

Harmless to run twice or at once: rows stand under unique keys and are claimed one by one.
"""

import time
from datetime import datetime

from notifications.actions import dispatching, inviting, reconciling
from notifications.models import Tick


def tick(*, now: datetime, most: int = 5000) -> Tick:
    """Reconcile, send at most `most`, and note the round for whoever watches (`/readyz`)."""
    began = time.monotonic()
    tally = reconciling.reconcile(now=now)
    sent = dispatching.send_due(now=now, most=most)
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
