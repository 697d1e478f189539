"""What client services do with a delivery: hold, release, send again, waive, or tell by telephone."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from notifications import labels
from notifications.actions import sealing
from notifications.domain import lifecycle
from notifications.domain.backoff import Kind
from notifications.domain.lifecycle import Act
from notifications.domain.milestones import WHILE_IT_RUNS
from notifications.models import Attempt, Delivery


@transaction.atomic
def hold(delivery: Delivery, *, by: Person, at: datetime) -> Delivery:
    """Nothing goes out until somebody releases it. What is being sent or was sent cannot be held."""
    row = _after(delivery, Act.HOLD)
    row.held_at, row.held_by = at, by
    row.save(update_fields=["state", "held_at", "held_by"])
    return _noted("notice.held", row, by=by, at=at)


@transaction.atomic
def release(delivery: Delivery, *, by: Person, at: datetime) -> Delivery:
    """It goes out as planned, or at once when that is over. Refused when it is of no use any more."""
    row = _after(delivery, Act.RELEASE)
    _still_of_use(row, at)
    row.held_at = row.held_by = None
    row.save(update_fields=["state", "held_at", "held_by"])
    return _noted("notice.released", row, by=by, at=at)


@transaction.atomic
def resend(delivery: Delivery, *, by: Person, at: datetime) -> Delivery:
    """A failed or bounced one is sent anew, with a name of its own: no server takes it for a repeat."""
    row = _after(delivery, Act.RESEND)
    _still_of_use(row, at)
    # Its name so far is proof of what was tried under it, and goes now.
    sealing.seal_window(row.window, now=at)
    row.try_at, row.tries, row.uncertain = at, 0, False
    row.resends += 1
    row.message_id, row.dated_at, row.accepted_at = "", None, None
    row.reason = row.provider_id = ""
    row.save()
    return _noted("notice.resent", row, by=by, at=at)


@transaction.atomic
def waive(delivery: Delivery, *, reason: str, by: Person, at: datetime) -> Delivery:
    """Somebody answers for it that this reader is not told, and says why."""
    row = _after(delivery, Act.WAIVE)
    if not reason.strip():
        raise refuse("delivery.needs_reason", at_field="reason")
    row.reason, row.try_at = reason.strip()[:300], None
    row.settled_at, row.settled_by = at, by
    row.save(update_fields=["state", "reason", "try_at", "settled_at", "settled_by"])
    return _noted("notice.waived", row, by=by, at=at, reason=row.reason)


@transaction.atomic
def log_call(delivery: Delivery, *, note: str, by: Person, at: datetime) -> Delivery:
    """They were told by telephone: who was spoken to and what they said is the proof."""
    row = _after(delivery, Act.LOG_CALL)
    if not note.strip():
        raise refuse("delivery.needs_reason", at_field="note")
    row.server_answer = f"By telephone: {note.strip()}"[:500]
    row.accepted_at, row.try_at, row.reason, row.address = at, None, "", row.contact.shown_address
    row.settled_at, row.settled_by = at, by
    row.save()
    Attempt.objects.create(delivery=row, at=at, outcome=Kind.ACCEPTED.value, answer=row.server_answer, by=by)
    return _noted("notice.called", row, by=by, at=at, note=note.strip())


def _after(delivery: Delivery, act: Act) -> Delivery:
    row = Delivery.objects.locked(delivery.pk)
    row.state = lifecycle.after(row.state, act).value
    return row


def _still_of_use(row: Delivery, at: datetime) -> None:
    if row.revision != row.window.revision:
        raise conflict("delivery.moved_meanwhile")
    if row.window.finished_at is not None and row.milestone in WHILE_IT_RUNS:
        raise conflict("delivery.work_is_over")
    if at > row.not_after:
        raise conflict("delivery.too_late", not_after=row.not_after)


def _noted(act: str, row: Delivery, *, by: Person, at: datetime, **facts: object) -> Delivery:
    milestone = labels.MILESTONES[row.milestone].lower()
    record(
        act, row.window, by=by, at=at, milestone=milestone, contact=str(row.contact), delivery=row.pk, **facts
    )
    return row
