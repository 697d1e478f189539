"""Who is there, in the order of the seats; then who came without one."""

from dataclasses import dataclass

from changeboard.people.models import Person
from changes.models import Attendance, Meeting, Membership

STATES = {"present": "Present", "excused": "Excused", "": "Not here"}


@dataclass(frozen=True)
class Seen:
    """One person: `role` is the seat's (empty without one), `state` present, excused or empty: not seen."""

    person: Person
    role: str
    state: str
    reason: str

    @property
    def word(self) -> str:
        return STATES[self.state]

    @property
    def office(self) -> str:
        """What else than a member the person is: chair, deputy, without a seat."""
        return {"": "without a seat", "member": ""}.get(self.role, self.role)


@dataclass(frozen=True)
class Roll:
    """Everybody who sits on the board on the day of the meeting, and everybody who came."""

    seen: list[Seen]

    @property
    def present(self) -> list[Seen]:
        return [each for each in self.seen if each.state == "present"]

    @property
    def excused(self) -> list[Seen]:
        return [each for each in self.seen if each.state == "excused"]

    @property
    def away(self) -> list[Seen]:
        return [each for each in self.seen if not each.state]

    def of(self, person: Person) -> Seen | None:
        """The reader's own line; None without a seat."""
        return next((each for each in self.seen if each.person == person and each.role), None)


def roll(meeting: Meeting) -> Roll:
    """The roll of a meeting. Two queries."""
    came = {each.person_id: each for each in meeting.attendances.select_related("person__group")}
    seats = Membership.objects.on(meeting.on).order_by("person__last_name", "pk")
    seen = []
    for seat in seats:
        found = came.pop(seat.person_id, None)
        seen.append(_seen(seat.person, seat.role, found))
    return Roll([*seen, *(_seen(each.person, "", each) for each in came.values())])


def _seen(person: Person, role: str, found: Attendance | None) -> Seen:
    return Seen(person, role, found.state if found else "", found.reason if found else "")
