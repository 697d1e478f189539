"""What client services do with a delivery: hold, release, send again, waive, or tell by telephone."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from changeboard.history.record import record, record_all
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict, refuse
from maintenance.models import Window
from notifications import labels
from notifications.actions import sealing
from notifications.domain import lifecycle
from notifications.domain.backoff import Kind
from notifications.domain.lifecycle import Act, State
from notifications.domain.milestones import WHILE_IT_RUNS
from notifications.models import Attempt, Delivery
from notifications.queries.together import waiting

ACTS = {
    Act.HOLD: "notice.held",
    Act.RELEASE: "notice.released",
    Act.RESEND: "notice.resent",
    Act.WAIVE: "notice.waived",
}


@transaction.atomic
def hold(delivery: Delivery, *, reason: str = "", by: Person, at: datetime) -> Delivery:
    """Nothing goes out until somebody releases it. What is being sent or was sent cannot be held."""
    return _one(Act.HOLD, delivery, reason, by=by, at=at)


@transaction.atomic
def release(delivery: Delivery, *, reason: str = "", by: Person, at: datetime) -> Delivery:
    """It goes out as planned, or at once when that is over. Refused when it is of no use any more."""
    return _one(Act.RELEASE, delivery, reason, by=by, at=at)


@transaction.atomic
def resend(delivery: Delivery, *, reason: str = "", by: Person, at: datetime) -> Delivery:
    """A failed or bounced one is sent anew, with a name of its own: no server takes it for a repeat."""
    return _one(Act.RESEND, delivery, reason, by=by, at=at)


@transaction.atomic
def waive(delivery: Delivery, *, reason: str, by: Person, at: datetime) -> Delivery:
    """Somebody answers for it that this reader is not told, and says why."""
    return _one(Act.WAIVE, delivery, reason, by=by, at=at)


@transaction.atomic
def together(
    window: Window, *, milestone: str, act: Act, many: int, reason: str, by: Person, at: datetime
) -> int:
    """Do the same with all notices to clients of one milestone that wait for it (`queries/together.py`): all or
    none, each with its line of history. Refused when they are not as `many` as the person saw. Three queries and
    what seals their names."""
    rows = list(waiting(window, milestone, act).select_for_update(of=("self",)).order_by("pk"))
    if len(rows) != many:
        raise conflict("delivery.others_meanwhile", many=len(rows))
    faults: dict[str, Reason] = {}
    for row in rows:
        try:
            _check(row, act, reason, at)
        except Refusal as refusal:
            faults |= {why.code: why for why in refusal.reasons}
    if faults:
        raise Refusal(faults.values(), conflict=not any(why.field for why in faults.values()))
    if act is Act.RESEND:
        sealing.seal_window(window, now=at)
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(**_changes(act, reason, by, at))
    record_all([(ACTS[act], window, _said(row, reason)) for row in rows], by=by, at=at)
    return len(rows)


@transaction.atomic
def log_call(delivery: Delivery, *, note: str, by: Person, at: datetime) -> Delivery:
    """They were told by telephone: who was spoken to and what they said is the proof."""
    row = Delivery.objects.locked(delivery.pk)
    row.state = lifecycle.after(row.state, Act.LOG_CALL).value
    if not note.strip():
        raise refuse("delivery.needs_reason", at_field="note")
    row.server_answer = f"By telephone: {note.strip()}"[:500]
    row.accepted_at, row.try_at, row.reason, row.address = at, None, "", row.contact.shown_address
    row.settled_at, row.settled_by = at, by
    row.save()
    Attempt.objects.create(delivery=row, at=at, outcome=Kind.ACCEPTED.value, answer=row.server_answer, by=by)
    record("notice.called", row.window, by=by, at=at, **_said(row, ""), note=note.strip())
    return row


def _one(act: Act, delivery: Delivery, reason: str, *, by: Person, at: datetime) -> Delivery:
    row = Delivery.objects.locked(delivery.pk)
    _check(row, act, reason, at)
    if act is Act.RESEND:
        # Its name so far is proof of what was tried under it, and goes now.
        sealing.seal_window(row.window, now=at)
    Delivery.objects.filter(pk=row.pk).update(**_changes(act, reason, by, at))
    record(ACTS[act], row.window, by=by, at=at, **_said(row, reason))
    row.refresh_from_db()
    return row


def _check(row: Delivery, act: Act, reason: str, at: datetime) -> None:
    lifecycle.after(row.state, act)
    if act is Act.WAIVE and not reason.strip():
        raise refuse("delivery.needs_reason", at_field="reason")
    if act in (Act.RELEASE, Act.RESEND):
        _still_of_use(row, at)


def _changes(act: Act, reason: str, by: Person, at: datetime) -> dict[str, object]:
    """What an act writes into a row for which it is legal."""
    if act is Act.HOLD:
        return {"state": State.HELD.value, "held_at": at, "held_by": by}
    if act is Act.RELEASE:
        return {"state": State.PLANNED.value, "held_at": None, "held_by": None}
    if act is Act.WAIVE:
        return {
            "state": State.WAIVED.value, "reason": reason.strip()[:300], "try_at": None, "settled_at": at,
            "settled_by": by,
        }  # fmt: skip
    return {
        "state": State.PLANNED.value, "try_at": at, "tries": 0, "uncertain": False, "resends": F("resends") + 1,
        "message_id": "", "dated_at": None, "accepted_at": None, "reason": "", "provider_id": "",
    }  # fmt: skip


def _still_of_use(row: Delivery, at: datetime) -> None:
    if row.revision != row.window.revision:
        raise conflict("delivery.moved_meanwhile")
    if row.window.finished_at is not None and row.milestone in WHILE_IT_RUNS:
        raise conflict("delivery.work_is_over")
    if at > row.not_after:
        raise conflict("delivery.too_late", not_after=row.not_after)
    if row.channel != row.contact.channel:
        # What is owed by the new way is planned by itself.
        raise conflict("delivery.another_way", name=row.contact.name)


def _said(row: Delivery, reason: str) -> dict[str, object]:
    """The facts of its line of history; `because` begins a sentence of its own where there is a reason."""
    reason = reason.strip()
    return {
        "milestone": labels.MILESTONES[row.milestone].lower(), "contact": str(row.contact), "delivery": row.pk,
        "reason": reason, "because": f". {reason}" if reason else "",
    }  # fmt: skip
