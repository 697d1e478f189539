"""Dispatching: claim what is due, check again, send, and mark after the other side's answer.

None is lost: a row whose sender dies is due again when its lease ends. None is doubled but for the one
case that SMTP leaves open (we die between the server's 250 and our mark): then the row says uncertain and
the repeat has the same Message-ID and Date.
"""

import logging
import os
import random
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from changeboard.refusal import Refusal
from maintenance.actions import announcing
from maintenance.models import Window, WindowState
from notifications.actions import backlogs
from notifications.channels.registry import Ways
from notifications.channels.ways import Ready
from notifications.domain import backoff, threading
from notifications.domain.backoff import Answer, Kind
from notifications.domain.folding import TOO_LATE, carrier
from notifications.domain.lifecycle import State
from notifications.domain.milestones import AHEAD, Audience, Milestone
from notifications.models import URGENT, USUAL, Attempt, Delivery
from notifications.queries import letters

logger = logging.getLogger(__name__)

BATCH = 50
# Longer than connecting and the four answers of one mail may take together (EMAIL_TIMEOUT each).
LEASE = timedelta(seconds=150)

Now = Callable[[], datetime]


@dataclass
class Sent:
    """What a run did."""

    accepted: int = 0
    offered: int = 0
    failed: int = 0
    put_off: int = 0
    skipped: int = 0
    stopped: bool = False


def send_due(*, now: datetime, owner: str = "", most: int = 5000) -> Sent:
    """Send what is due, at most `most`. Any number of processes may do so at once.

    `now` is the platform's instant at the call; time that passes meanwhile is added, so that a process
    which was frozen past its lease finds out.
    """
    began = time.monotonic()

    def passing() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    owner = owner or f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"[:80]
    sent = Sent()
    release_expired(now=now)
    if backlogs.stops(now=now):
        sent.stopped = True
        return sent
    with Ways() as ways:
        while most > 0 and (rows := claim(min(BATCH, most), owner=owner, now=passing())):
            most -= len(rows)
            for row in rows:
                _tell(row, ways, sent, owner=owner, passing=passing)
    return sent


def release_expired(*, now: datetime) -> int:
    """Rows whose sender went silent are due again; uncertain when the first byte may have left."""
    silent = Delivery.objects.filter(state=State.SENDING.value, lease_until__lt=now)
    uncertain = silent.filter(begun_at__isnull=False).update(
        state=State.PLANNED.value, uncertain=True, lease_until=None, lease_owner="", try_at=now
    )
    return uncertain + silent.update(state=State.PLANNED.value, lease_until=None, lease_owner="", try_at=now)


@transaction.atomic
def claim(most: int, *, owner: str, now: datetime) -> list[Delivery]:
    """Take up to `most` due rows for `owner`, retractions first; what others hold is passed over."""
    taken: list[int] = []
    for urgency in (URGENT, USUAL):
        due = Delivery.objects.due(now=now).filter(urgency=urgency).order_by("try_at", "id")
        free = due.select_for_update(skip_locked=True, of=("self",))
        taken += free.values_list("pk", flat=True)[: max(0, most - len(taken))]
    Delivery.objects.filter(pk__in=taken).update(
        state=State.SENDING.value, lease_owner=owner, lease_until=now + LEASE, begun_at=None
    )
    rows = Delivery.objects.filter(pk__in=taken).select_related(
        "window__system", "notice", "client", "contact__client", "contact__group"
    )
    return sorted(rows, key=lambda row: taken.index(row.pk))


def _tell(row: Delivery, ways: Ways, sent: Sent, *, owner: str, passing: Now) -> None:
    """One row: still of use, still ours, still of this revision; then send and mark."""
    at = passing()
    if at > row.not_after:
        sent.skipped += _give_up(row, owner)
        return
    try:
        freeze_name(row, at=at)
        way = ways.by(row.channel)
        ready = way.prepare(row, at=at)
    except Exception as broken:
        # A row that cannot be rendered must not hold up the others; it is tried again and then fails aloud.
        logger.exception("notice %s could not be rendered", row.pk)
        row.tries += 1
        _mark(row, Answer(Kind.TEMPORARY, 0, f"rendering: {broken}"[:500]), sent, owner=owner, at=at)
        return
    if begin(row, ready, owner=owner, at=passing()):
        _mark(row, way.send(row, ready, at=passing()), sent, owner=owner, at=passing())


def freeze_name(row: Delivery, *, at: datetime) -> None:
    """Message-ID and Date, at the first rendering and never again."""
    if not row.message_id:
        row.message_id = threading.message_id(
            row.window.reference, row.revision, row.milestone, row.contact_id, row.resends, letters.domain()
        )
        row.dated_at = at.replace(microsecond=0)


def begin(row: Delivery, ready: Ready, *, owner: str, at: datetime) -> bool:
    """The fence, just before the first byte: one UPDATE that hits one row or we do not send.

    It hits when the lease is still ours and alive and the window is still at this revision.
    """
    ours = Delivery.objects.filter(pk=row.pk, state=State.SENDING.value, lease_owner=owner)
    alive = ours.filter(lease_until__gt=at)
    hit = alive.of_the_present().update(
        begun_at=at,
        lease_until=at + LEASE,
        tries=F("tries") + 1,
        message_id=row.message_id,
        dated_at=row.dated_at,
        subject=ready.subject[:250],
        body_hash=ready.digest,
    )
    if hit == 1:
        row.tries += 1
        return True
    stale = Window.objects.filter(pk=row.window_id).exclude(revision=row.revision)
    if stale.exists():
        ours.update(state=State.SUPERSEDED.value, reason="revision", try_at=None)
    return False


@transaction.atomic
def _mark(row: Delivery, answer: Answer, sent: Sent, *, owner: str, at: datetime) -> None:
    """Write the answer down: a line in the ledger, and the row's new state if the row is still ours."""
    Attempt.objects.create(delivery=row, at=at, outcome=answer.kind.value, answer=answer.text)
    ours = Delivery.objects.filter(pk=row.pk, state=State.SENDING.value, lease_owner=owner)
    values: dict[str, object] = {"server_answer": answer.text, "lease_owner": "", "lease_until": None}
    values["tries"] = row.tries
    if answer.kind in (Kind.ACCEPTED, Kind.OFFERED):
        state = State.ACCEPTED if answer.kind is Kind.ACCEPTED else State.OFFERED
        values |= {"state": state.value, "accepted_at": at, "try_at": None}
        sent.accepted += answer.kind is Kind.ACCEPTED
        sent.offered += answer.kind is Kind.OFFERED
    else:
        values |= _put_off(row, answer, sent, at=at)
    if answer.kind is Kind.UNCERTAIN:
        values["uncertain"] = True
    if not ours.update(**values):
        # The lease ran out while we were sending and another process has the row: both may have told.
        Delivery.objects.filter(pk=row.pk).update(uncertain=True)
    if answer.kind is Kind.ACCEPTED:
        _announce(row, at=at)


def _put_off(row: Delivery, answer: Answer, sent: Sent, *, at: datetime) -> dict[str, object]:
    next_at = backoff.next_try(answer, row.tries, at, row.not_after, random.random())  # noqa: S311 - jitter
    if next_at is None:
        sent.failed += 1
        return {"state": State.FAILED.value, "try_at": None, "settled_at": None, "settled_by": None}
    sent.put_off += 1
    return {"state": State.PLANNED.value, "try_at": next_at}


def _give_up(row: Delivery, owner: str) -> int:
    ours = Delivery.objects.filter(pk=row.pk, state=State.SENDING.value, lease_owner=owner)
    return ours.update(
        state=State.SKIPPED.value,
        reason=TOO_LATE,
        folded_into=carrier(Milestone(row.milestone)) or "",
        try_at=None,
        lease_owner="",
        lease_until=None,
    )


def _announce(row: Delivery, *, at: datetime) -> None:
    """The first client notice that a server took announces the window."""
    tells_clients = row.notice.audience == Audience.CLIENTS and row.milestone in AHEAD
    if tells_clients and row.window.state == WindowState.PLANNED:
        try:
            with transaction.atomic():
                row.window = announcing.announced(row.window, at=at)
        except Refusal as refusal:
            logger.warning("%s was told of but not announced: %s", row.window, refusal)
