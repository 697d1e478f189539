"""Who is there: they come, they send apologies, or whoever leads the meeting notes it."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from changes.actions import meetings
from changes.models import Attendance, Meeting
from changes.queries.seats import may_sit, seats

AWAY = "away"


@transaction.atomic
def excuse(meeting: Meeting, *, reason: str, by: Person, at: datetime) -> Attendance:
    """Send apologies before the end of the meeting. Said again, only the reason is new.

    Refused for whoever has no seat, and once the meeting is over or cancelled.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    if meeting.state not in (Meeting.State.PLANNED, Meeting.State.LIVE):
        raise conflict("meeting.is_over")
    if by.pk not in {seat.person_id for seat in seats(meeting.on)}:
        raise refuse("attendance.no_seat")
    return _write(meeting, by, Attendance.State.EXCUSED, reason.strip(), by=by, at=at)


@transaction.atomic
def come_after_all(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Take one's apologies back. Without any, nothing happens."""
    meeting = Meeting.objects.locked(meeting.pk)
    gone, _ = Attendance.objects.filter(meeting=meeting, person=by, state=Attendance.State.EXCUSED).delete()
    if gone:
        meetings.turn(meeting.pk)
        record("meeting.apologies_taken_back", meeting, by=by, at=at)


@transaction.atomic
def tick(meeting: Meeting, person: Person, *, state: str, by: Person, at: datetime) -> None:
    """Note that somebody is present, excused or away. The same again changes nothing.

    Refused unless the meeting is in session, and for whoever has no seat and was not seen.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    if meeting.state != Meeting.State.LIVE:
        raise conflict("meeting.is_not_live", legal=["start"] if meeting.state == "planned" else [])
    seen = Attendance.objects.filter(meeting=meeting, person=person)
    if not may_sit(person, meeting.on) and not seen.exists():
        raise refuse("attendance.no_seat")
    if state in Attendance.State.values:
        _write(meeting, person, Attendance.State(state), "", by=by, at=at)
    elif seen.delete()[0]:
        _note(meeting, person, AWAY, "", by=by, at=at)


def _write(
    meeting: Meeting, person: Person, state: Attendance.State, reason: str, *, by: Person, at: datetime
) -> Attendance:
    before = Attendance.objects.filter(meeting=meeting, person=person).first()
    if before and (before.state, before.reason) == (state.value, reason):
        return before
    attendance, _ = Attendance.objects.update_or_create(
        meeting=meeting, person=person, defaults={"state": state, "reason": reason}
    )
    _note(meeting, person, state.value, reason, by=by, at=at)
    return attendance


def _note(meeting: Meeting, person: Person, state: str, reason: str, *, by: Person, at: datetime) -> None:
    meetings.turn(meeting.pk)
    if person == by:
        record("meeting.apologized", meeting, by=by, at=at, reason=reason)
    else:
        record("meeting.attendance_noted", meeting, by=by, at=at, person=person, state=state)
