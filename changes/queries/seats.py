"""Who sits on the board, who is here, who may vote on an item, and how its votes stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from changeboard.clock import local_date
from changeboard.people.models import Person, platform_time_zone
from changes.domain import quorum, verdict
from changes.models import (
    AgendaItem,
    Attendance,
    Change,
    ConflictOfInterest,
    MeetingRule,
    Membership,
    Substitute,
    Template,
)
from changes.queries.substitutes import names


@dataclass(frozen=True)
class Bench:
    """The seats of one day, who is barred from one item (person → why), and who stands in for whom."""

    seats: Sequence[quorum.Seat]
    barred: dict[int, verdict.Bar]
    stands_in: dict[int, set[int]]
    conflicts: dict[int, ConflictOfInterest]
    # Member → who sits in.
    substitutes: dict[int, Person]

    def bar_of(self, person_id: int) -> str:
        """Why this person has no vote; empty where nothing is against it."""
        return self.barred[person_id].value if person_id in self.barred else ""

    def seat_of(self, person: Person) -> int | None:
        """The member for whom this person votes: oneself, or whom one sits in for; None without a vote."""
        if person.pk in self.barred:
            return None
        able = {seat.person_id for seat in self.seats} - set(self.barred)
        if person.pk in able:
            return person.pk
        return min(self.stands_in.get(person.pk, set()) & able, default=None)


def seats(on: date) -> list[quorum.Seat]:
    """The seats of the board on this day. One query."""
    return [
        quorum.Seat(each.person_id, str(each.person), each.person.group_id, str(each.person.group or ""))
        for each in Membership.objects.on(on)
    ]


def bench(about: Change | Template | None, on: date) -> Bench:
    """Who may vote on this on that day; None: on what nobody decides. Three queries."""
    substitutes = names(on)
    pairs = [(member, person.pk) for member, person in substitutes.items()]
    stands_in: dict[int, set[int]] = {}
    for member, person in pairs:
        stands_in.setdefault(person, set()).add(member)
    rows = ConflictOfInterest.objects.about(about).standing() if about else ()
    conflicts = {each.person_id: each for each in rows}
    requester = about.requester_id if about else None
    barred = verdict.barred(requester_id=requester, pairs=pairs, conflicted=conflicts)
    return Bench(seats(on), barred, stands_in, conflicts, substitutes)


def may_sit(person: Person, on: date) -> bool:
    """Whether the person has a seat on this day, or sits in for somebody. One query or two."""
    if Membership.objects.on(on).filter(person=person).exists():
        return True
    return Substitute.objects.on(on).filter(person=person).exists()


def present(item: AgendaItem) -> set[int]:
    """Who counts for the quorum: present in the meeting, themselves or by a substitute, or having voted.

    Members by the id of the person. Three queries.
    """
    rows = Attendance.objects.filter(meeting=item.meeting_id, state=Attendance.State.PRESENT)
    here = set(rows.values_list("person_id", flat=True))
    stood_in = Substitute.objects.on(item.meeting.on).filter(person__in=here)
    here |= set(stood_in.values_list("member_id", flat=True))
    return here | set(item.votes.values_list("person_id", flat=True))


def voting_day(item: AgendaItem, at: datetime) -> date:
    """The day by whose seats and substitutes the item is voted on: of its meeting, before that of `at`."""
    return item.meeting.on if item.meeting.started_at else local_date(at, platform_time_zone())


def counted(item: AgendaItem, on_bench: Bench, *, is_over: bool = False) -> quorum.Count:
    """How the votes and the quorum of an item stand; `is_over`: nobody votes any more. Five queries."""
    return quorum.count(
        on_bench.seats,
        dict(item.votes.values_list("person_id", "choice")),
        barred=on_bench.barred,
        present=present(item),
        needed=MeetingRule.objects.current().needed,
        is_over=is_over,
    )
