"""Emergency changes: two board members approve at once, in the app; a review follows, always."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse
from changes.actions import riding
from changes.domain import lifecycle
from changes.domain.lifecycle import Act
from changes.models import Change, EmergencyApproval, Kind

NEEDED = 2


@transaction.atomic
def approve(change: Change, *, by: Person, at: datetime) -> Change:
    """Note one board member's approval; the second one approves the change and confirms its window.

    Refused for a change that is no emergency, for one's own, and when given twice by one person.
    """
    change = Change.objects.locked(change.pk)
    state = lifecycle.after(change.state, Act.APPROVE)
    if change.kind != Kind.EMERGENCY:
        raise refuse("change.not_an_emergency")
    if change.requester_id == by.pk:
        raise refuse("change.own_change")
    _, is_new = EmergencyApproval.objects.get_or_create(change=change, person=by, defaults={"at": at})
    if not is_new:
        raise refuse("change.approved_once_already")
    given = EmergencyApproval.objects.filter(change=change).count()
    record("change.emergency_approved", change, by=by, at=at, count=given)
    if given < NEEDED:
        return change
    change.state, change.decided_at = state, at
    change.save(update_fields=["state", "decided_at"])
    record("change.approved_as_emergency", change, by=by, at=at)
    return riding.confirm(change, by=by, at=at)
