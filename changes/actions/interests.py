"""Conflicts of interest: declared with a reason, taken back before the decision."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse
from changes.actions import between, meetings, voting
from changes.models import AgendaItem, ConflictOfInterest
from changes.queries.seats import may_sit, voting_day


@transaction.atomic
def declare(item: AgendaItem, *, reason: str, by: Person, at: datetime) -> ConflictOfInterest:
    """Have no vote on what the item is about; a vote that was cast is taken out. Said again, only the reason
    is new.

    Refused without a reason, without a seat, on one's own change (nobody votes on it anyway), and once it
    is decided.
    """
    item = AgendaItem.objects.locked(item.pk)
    subject = voting.undecided(item)
    if by.pk == subject.requester_id:
        raise refuse("vote.own_change")
    if not may_sit(by, voting_day(item, at)):
        raise refuse("vote.no_seat")
    if not reason.strip():
        raise refuse("interest.no_reason", at_field="reason")
    declared = ConflictOfInterest.objects.about(subject).standing().filter(person=by).first()
    if declared and declared.reason == reason.strip():
        return declared
    name = str(subject._meta.model_name)
    declared = declared or ConflictOfInterest(person=by, at=at, **{name: subject})
    declared.reason = reason.strip()
    declared.save()
    # One's own seat, whoever voted for it; and what one cast for somebody else.
    taken_out = item.votes.filter(Q(person=by) | Q(cast_by=by))
    choices = list(taken_out.values_list("choice", flat=True))
    taken_out.delete()
    meetings.turn(item.meeting_id)
    act = f"{name}.conflict_declared_after_vote" if choices else f"{name}.conflict_declared"
    record(act, subject, by=by, at=at, reason=declared.reason, choices=choices)
    # With one voice less to come, a vote between meetings may be decided.
    between.settle_item(item, at=at)
    return declared


@transaction.atomic
def take_back(item: AgendaItem, *, by: Person, at: datetime) -> None:
    """Vote again like everybody else. Without a declared conflict nothing happens; refused once it is decided."""
    item = AgendaItem.objects.locked(item.pk)
    subject = voting.undecided(item)
    declared = ConflictOfInterest.objects.about(subject).standing().filter(person=by)
    if declared.update(taken_back_at=at):
        meetings.turn(item.meeting_id)
        record(f"{subject._meta.model_name}.conflict_taken_back", subject, by=by, at=at)
