"""Who sits on the board, and who is here."""

from datetime import date

from changeboard.people.models import Person
from changes.domain import quorum
from changes.models import AgendaItem, Attendance, Membership, Substitute


def seats(on: date) -> list[quorum.Seat]:
    """The seats of the board on this day. One query."""
    return [
        quorum.Seat(each.person_id, str(each.person), each.person.group_id)
        for each in Membership.objects.on(on)
    ]


def may_sit(person: Person, on: date) -> bool:
    """Whether the person has a seat on this day, or sits in for somebody. One query or two."""
    if Membership.objects.on(on).filter(person=person).exists():
        return True
    return Substitute.objects.filter(person=person, from_on__lte=on, until_on__gte=on).exists()


def present(item: AgendaItem) -> set[int]:
    """Who counts for the quorum: present in the meeting, or having voted. Two queries."""
    here = Attendance.objects.filter(meeting=item.meeting_id, state=Attendance.State.PRESENT)
    return set(here.values_list("person_id", flat=True)) | set(item.votes.values_list("person_id", flat=True))
