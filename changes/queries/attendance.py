"""Who is there, in the order of the seats; then who came without one."""

from dataclasses import dataclass

from changeboard.people.models import Person
from changes.models import Attendance, Meeting, Membership, Substitute

STATES = {"present": "Present", "excused": "Excused", "": "Not here"}


@dataclass(frozen=True)
class Seen:
    """One person: `role` is the seat's (empty without one), `state` present, excused or empty: not seen."""

    person: Person
    role: str
    state: str
    reason: str
    # Of a substitute: whom they sit in for. Of a member: who sits in.
    sits_in_for: str = ""
    substitute: str = ""

    @property
    def word(self) -> str:
        return STATES[self.state]

    @property
    def office(self) -> str:
        """What else than a member the person is: chair, deputy, substitute, without a seat."""
        if self.sits_in_for:
            return f"for {self.sits_in_for}"
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
        """Members; a substitute who does not come is not missed."""
        return [each for each in self.seen if each.role and not each.state]

    def of(self, person: Person) -> Seen | None:
        """The reader's own line; None without a seat."""
        return next((each for each in self.seen if each.person == person and each.role), None)


def roll(meeting: Meeting) -> Roll:
    """The roll of a meeting, with today's substitutes. Three queries."""
    came = {each.person_id: each for each in meeting.attendances.select_related("person__group")}
    seats = Membership.objects.on(meeting.on).order_by("person__last_name", "pk")
    rows = list(Substitute.objects.on(meeting.on).select_related("member", "person__group"))
    named = {each.member_id: str(each.person) for each in rows}
    sits_in = {each.person_id: str(each.member) for each in rows}
    seen = [
        _seen(
            seat.person, seat.role, came.pop(seat.person_id, None), substitute=named.get(seat.person_id, "")
        )
        for seat in seats
    ]
    seated = {each.person.pk for each in seen}
    guests = {each.person_id: each.person for each in rows if each.person_id not in seated}
    guests |= {each.person_id: each.person for each in came.values()}
    seen += [_seen(guest, "", came.get(pk), sits_in_for=sits_in.get(pk, "")) for pk, guest in guests.items()]
    return Roll(seen)


def _seen(
    person: Person, role: str, found: Attendance | None, *, sits_in_for: str = "", substitute: str = ""
) -> Seen:
    state, reason = (found.state, found.reason) if found else ("", "")
    return Seen(person, role, state, reason, sits_in_for, substitute)
