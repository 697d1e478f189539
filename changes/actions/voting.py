"""Votes on an item: cast, changed until the decision, and weighed when somebody records one."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, conflict, refuse
from changes.actions import meetings
from changes.domain.verdict import Bar, Verdict, against, is_casting
from changes.models import AgendaItem, Change, Choice, Decision, Meeting, Template, Vote
from changes.queries.seats import Bench, bench, counted, voting_day

REFUSED = {
    Bar.OWN: "vote.own_change",
    Bar.PAIR: "vote.stands_in_for_requester",
    Bar.CONFLICT: "vote.conflict",
}


@transaction.atomic
def vote(item: AgendaItem, *, choice: Choice, reason: str, by: Person, at: datetime) -> Vote:
    """Vote, or change one's vote until the decision; every change of mind is in the history.

    A substitute votes for the member's seat, unless the member voted in person. Refused for whoever is
    barred or has no seat, for an objection without a reason, and outside a meeting in session where no
    electronic vote runs.
    """
    item = held(item)
    subject = undecided(item)
    is_between = _is_open(item, at)
    seat = _seat(by, bench(subject, voting_day(item, at)))
    if choice == Choice.OBJECT and not reason.strip():
        raise refuse("vote.objection_without_reason", at_field="reason")
    before = item.votes.filter(person_id=seat).first()
    if before and before.cast_by is None and by.pk != seat:
        raise refuse("vote.member_voted", member=str(before.person))
    cast, _ = Vote.objects.update_or_create(
        item=item,
        person_id=seat,
        defaults={
            "choice": choice,
            "reason": reason.strip(),
            "at": at,
            # A substitute votes for the seat; the member's own vote needs no second name.
            "cast_by": by if by.pk != seat else None,
        },
    )
    if not is_between:
        meetings.attend(item.meeting, by=by, at=at)
    meetings.turn(item.meeting_id)
    _note(subject, cast, before, by=by, at=at)
    return cast


def _seat(person: Person, on_bench: Bench) -> int:
    seat = on_bench.seat_of(person)
    if seat is not None:
        return seat
    if person.pk in on_bench.barred:
        raise refuse(REFUSED[on_bench.barred[person.pk]])
    barred = [on_bench.barred.get(member) for member in on_bench.stands_in.get(person.pk, ())]
    raise refuse(REFUSED[Bar.CONFLICT] if Bar.CONFLICT in barred else "vote.no_seat")


def _note(subject: Change | Template, cast: Vote, before: Vote | None, *, by: Person, at: datetime) -> None:
    """From what to what, and for whom; the same vote sent again is no change of mind."""
    if before and (before.choice, before.reason, before.cast_by_id) == (
        cast.choice, cast.reason, cast.cast_by_id,
    ):  # fmt: skip
        return
    facts: dict[str, object] = {"choice": Choice(cast.choice).value, "reason": cast.reason}
    if cast.cast_by is not None:
        facts["member"] = cast.person
    act = f"{subject._meta.model_name}.voted"
    if before is not None:
        act, facts["before"] = f"{act}_anew", before.choice
    record(f"{act}_for_member" if cast.cast_by else act, subject, by=by, at=at, **facts)


def _is_open(item: AgendaItem, at: datetime) -> bool:
    """Whether it is voted on electronically, between meetings. Refused where nobody votes now."""
    running = item.electronic_votes.open().with_item().first()
    if running is None:
        in_session(item)
        return False
    if not running.is_running(at):
        raise conflict("electronic.is_over", deadline_at=running.ends_at)
    return True


def weighed(
    item: AgendaItem, subject: Change | Template, verdict: Verdict, *, by: Person, at: datetime
) -> tuple[list[Reason], bool]:
    """What speaks against recording this decision, and whether it is the chair's casting vote."""
    on_bench = bench(subject, voting_day(item, at))
    stands = counted(item, on_bench)
    faults = against(verdict, stands, bar=on_bench.barred.get(by.pk))
    return faults, not faults and is_casting(verdict, stands)


def note_casting(decision: Decision, *, by: Person | None, at: datetime) -> None:
    """Say in the history that a tie was broken, and how it stood."""
    subject = decision.change or decision.template
    if decision.is_casting_vote and subject is not None and decision.item is not None:
        each = decision.item.votes.filter(choice=Choice.APPROVE).count()
        record(f"{subject._meta.model_name}.casting_vote", subject, by=by, at=at, votes=each)


def held(item: AgendaItem) -> AgendaItem:
    """The item until the transaction ends, and its change before it: the order in which every verb takes them."""
    if item.change_id is not None:
        Change.objects.locked(item.change_id)
    return AgendaItem.objects.locked(item.pk)


def undecided(item: AgendaItem) -> Change | Template:
    """What the item is about. Refused where there is nothing to decide, and once it is decided."""
    if item.subject is None:
        raise refuse("decision.nothing_to_decide")
    if item.closed_at is not None:
        if item.is_gone:
            raise conflict("item.gone")
        raise conflict("decision.already_taken", by=str(item.decision.by), at=item.closed_at)
    return item.subject


def in_session(item: AgendaItem) -> None:
    """Refused unless the meeting of the item is in session."""
    if item.meeting.state != Meeting.State.LIVE:
        raise conflict("meeting.is_not_live", legal=["start"] if item.meeting.state == "planned" else [])
