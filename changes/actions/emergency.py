"""Emergency changes: two board members approve at once, in the app; a review follows, always."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from changeboard import clock
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from changes.actions import agenda, riding
from changes.domain import lifecycle
from changes.domain.lifecycle import Act
from changes.domain.quorum import EMERGENCY_APPROVALS
from changes.models import Change, EmergencyApproval, Kind
from changes.queries.seats import bench


@transaction.atomic
def approve(change: Change, *, by: Person, at: datetime) -> Change:
    """Note one board member's approval; the second one approves the change and confirms its window.

    It leaves the agenda then and is told about at the next meeting. Refused for a change that is no
    emergency, for its requester and whoever the requester named as substitute, for whoever has no seat,
    when given twice by one person, and while a member objects. Whoever objected takes that back so.
    """
    change, state = _asked(change, by=by, at=at)
    voices = {voice.person_id: voice for voice in change.emergency_approvals.select_related("person")}
    own = voices.get(by.pk)
    if own is not None and not own.is_objection:
        raise refuse("change.approved_once_already")
    against = [voice for voice in voices.values() if voice.is_objection and voice is not own]
    if against:
        raise conflict(
            "change.emergency_objected", by=str(against[0].person), reason=against[0].reason,
            legal=lifecycle.legal(change.state),
        )  # fmt: skip
    _say(change, by=by, at=at, is_objection=False, reason="")
    given = 1 + sum(not voice.is_objection for voice in voices.values())
    record("change.emergency_approved", change, by=by, at=at, count=given)
    if given < EMERGENCY_APPROVALS:
        return change
    change.state, change.decided_at = state, at
    change.save(update_fields=["state", "decided_at"])
    record("change.approved_as_emergency", change, by=by, at=at)
    agenda.leave(change, at=at)
    agenda.follow_up(at=at)
    return riding.confirm(change, by=by, at=at)


@transaction.atomic
def object_to(change: Change, *, reason: str, by: Person, at: datetime) -> Change:
    """A board member stops it: nobody approves it between meetings until the objection is taken back.

    It stays on the agenda of the next board. Refused without a reason, and as an approval is.
    """
    change, _ = _asked(change, by=by, at=at)
    if not reason.strip():
        raise refuse("vote.objection_without_reason", at_field="reason")
    _say(change, by=by, at=at, is_objection=True, reason=reason.strip())
    record("change.emergency_objected_to", change, by=by, at=at, reason=reason.strip())
    return change


def _asked(change: Change, *, by: Person, at: datetime) -> tuple[Change, lifecycle.State]:
    """The change, held, and what approval makes of it; refused for whoever has no say in it."""
    change = Change.objects.locked(change.pk)
    state = lifecycle.after(change.state, Act.APPROVE)
    if change.kind != Kind.EMERGENCY:
        raise refuse("change.not_an_emergency")
    today = bench(change, clock.local_date(at, settings.PLATFORM_TIME_ZONE))
    if by.pk in today.barred:
        raise refuse("change.own_change")
    if by.pk not in {seat.person_id for seat in today.seats}:
        raise refuse("vote.no_seat")
    return change, state


def _say(change: Change, *, by: Person, at: datetime, is_objection: bool, reason: str) -> None:
    EmergencyApproval.objects.update_or_create(
        change=change, person=by, defaults={"at": at, "is_objection": is_objection, "reason": reason}
    )
