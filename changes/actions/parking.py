"""The parking lot of a meeting: what is not for now, and what became of it."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from changes.actions import meetings, voting
from changes.models import AgendaItem, Meeting, ParkedPoint


@transaction.atomic
def park(item: AgendaItem, *, text: str, by: Person, at: datetime) -> ParkedPoint:
    """Put a point aside that came up while the item was on the screen. It comes back to every meeting until
    one settles it. Refused without words, and outside a meeting in session."""
    item = AgendaItem.objects.locked(item.pk)
    voting.in_session(item)
    if not text.strip():
        raise refuse("parked.empty", at_field="text")
    point = ParkedPoint.objects.create(meeting=item.meeting, item=item, text=text.strip(), by=by, at=at)
    meetings.turn(item.meeting_id)
    record("meeting.parked", item.meeting, by=by, at=at, text=point.text)
    return point


@transaction.atomic
def settle(point: ParkedPoint, *, outcome: str, by: Person, at: datetime) -> ParkedPoint:
    """Say what became of it, in a meeting in session: its own or a later one. Settled already, nothing changes.

    Refused without words, and while no such meeting is in session.
    """
    point = ParkedPoint.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=point.pk)
    if point.settled_at is not None:
        return point
    live = Meeting.objects.filter(state=Meeting.State.LIVE, starts_at__gte=point.meeting.starts_at).first()
    if live is None:
        raise conflict("parked.needs_a_meeting")
    if not outcome.strip():
        raise refuse("parked.no_outcome", at_field="outcome")
    point.outcome, point.settled_at, point.settled_by, point.settled_in = outcome.strip(), at, by, live
    point.save()
    meetings.turn(live.pk)
    record("meeting.point_settled", live, by=by, at=at, text=point.text, outcome=point.outcome)
    return point
