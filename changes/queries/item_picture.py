"""One item of an agenda as a reader sees it: essentials, questions, votes, how they stand, what one may do."""

from dataclasses import dataclass
from datetime import datetime

from changeboard.people.models import Person
from changes.domain import quorum
from changes.models import (
    AgendaItem,
    Change,
    ConflictOfInterest,
    Decision,
    ElectronicVote,
    Meeting,
    Outcome,
    Vote,
)
from changes.queries import panels
from changes.queries.panels import Asked
from changes.queries.seats import Bench, bench, counted, voting_day


@dataclass(frozen=True)
class Ballot:
    """One seat in the list of votes; `vote` is None while it is to come, `bar` says why it never will."""

    seat: quorum.Seat
    person: Person
    vote: Vote | None
    bar: str
    conflict: ConflictOfInterest | None
    substitute: Person | None


@dataclass(frozen=True)
class ItemPicture:
    """The current item: the change's essentials, its questions, the votes."""

    item: AgendaItem
    change: Change | None
    questions: list[Asked]
    ballots: list[Ballot]
    count: quorum.Count
    decision: Decision | None
    deferred: Decision | None
    own_vote: Vote | None
    bar: str
    votes_for: str
    may_vote: bool
    may_declare: bool
    own_conflict: ConflictOfInterest | None
    may_decide: bool
    running: ElectronicVote | None
    is_short_notice: bool
    agreed: int
    groups: int
    asked_by_reader: int

    @property
    def tally(self) -> quorum.Tally:
        return self.count.tally

    @property
    def unverified(self) -> list[Asked]:
        """Open questions, then answers that nobody stands for yet."""
        return [each for each in self.questions if not each.question.is_verified]

    @property
    def verified(self) -> list[Asked]:
        return [each for each in self.questions if each.question.is_verified]

    @property
    def open(self) -> int:
        return sum(each.question.is_open for each in self.questions)

    @property
    def to_verify(self) -> int:
        return len(self.unverified) - self.open

    @property
    def foregone(self) -> str:
        """The outcome that the votes so far lead to."""
        return "reject" if self.tally.so_far is quorum.Lean.OBJECT else "approve"


def of(item: AgendaItem, *, person: Person, now: datetime) -> ItemPicture:
    """One item as this reader sees it, in the meeting or while it is voted on between meetings."""
    votes = {vote.person_id: vote for vote in item.votes.select_related("person", "cast_by")}
    running = item.electronic_votes.open().with_item().first()
    on_bench = bench(item.subject, voting_day(item, now) if running else item.meeting.on)
    stands = counted(item, on_bench)
    change, seat = item.change, on_bench.seat_of(person)
    signed = list(change.sign_offs.values_list("state", flat=True)) if change else []
    asked = panels.questions(change, person=person) if change else []
    is_open = item.subject is not None and item.closed_at is None
    is_live = is_open and item.meeting.state == Meeting.State.LIVE
    is_voted_on = is_live or (running is not None and running.is_running(now))
    is_to_record = is_live or (is_voted_on and stands.standing is quorum.Standing.TIE)
    return ItemPicture(
        item=item,
        change=change,
        questions=asked,
        ballots=_ballots(on_bench, votes),
        count=stands,
        decision=getattr(item, "decision", None),
        deferred=_deferred(item),
        own_vote=votes.get(seat) if seat else None,
        bar=on_bench.bar_of(person.pk),
        votes_for=next((each.name for each in on_bench.seats if each.person_id == seat != person.pk), ""),
        may_vote=is_voted_on and seat is not None and person.has_perm("changes.vote", item),
        may_declare=is_open and seat is not None and person.has_perm("changes.declare_conflict", item),
        own_conflict=on_bench.conflicts.get(person.pk) if is_open else None,
        may_decide=is_to_record
        and person.pk not in on_bench.barred
        and person.has_perm("changes.decide", item),
        running=running,
        is_short_notice=change.is_short_notice(now=now) if change else False,
        agreed=signed.count("agreed"),
        groups=len(signed),
        asked_by_reader=sum(each.question.asked_by_id == person.pk for each in asked),
    )


def _deferred(item: AgendaItem) -> Decision | None:
    """The last time the board put the change off before this item. One query."""
    if item.change is None:
        return None
    before = item.change.decisions.filter(outcome=Outcome.DEFER).exclude(item=item)
    return before.select_related("item__meeting").first()


def _ballots(on_bench: Bench, votes: dict[int, Vote]) -> list[Ballot]:
    """One line a seat, in the order of the seats. One query."""
    members = Person.objects.in_bulk([seat.person_id for seat in on_bench.seats])
    return [
        Ballot(
            each, members[each.person_id], votes.get(each.person_id), on_bench.bar_of(each.person_id),
            on_bench.conflicts.get(each.person_id), on_bench.substitutes.get(each.person_id),
        )
        for each in on_bench.seats
    ]  # fmt: skip
