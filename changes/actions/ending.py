"""The end of a meeting, all of it or nothing: what the votes decided, the end, the minutes, the next agenda."""

from datetime import datetime

from django.db import transaction

from changeboard.people.models import Person
from changes.actions import agenda, between, meetings
from changes.models import Meeting


@transaction.atomic
def end(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Record what its votes have decided, close it, and carry the rest over. Refused unless it is in session."""
    if meeting.state == Meeting.State.LIVE:
        between.conclude(meeting, by=by, at=at)
    done = meetings.end(meeting, by=by, at=at)
    agenda.carry_over(done, by=by, at=at)
    return done
