"""Deciding between meetings (PRODUCT.md section 7): an electronic vote by the same rules, with a deadline."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict
from changes.actions import ballots, board, deciding_templates, meetings, voting
from changes.actions.conditions import Wanted
from changes.domain import electronic_vote, lifecycle
from changes.domain.electronic_vote import SHORTEST
from changes.domain.quorum import Lean, Standing
from changes.domain.verdict import Bar
from changes.models import AgendaItem, Change, Choice, Decision, ElectronicVote, Meeting, Outcome, Vote
from changes.queries.seats import bench, counted, voting_day

End = ElectronicVote.End
# Of a decision that the votes took and nobody recorded before the meeting ended.
BY_THE_VOTES = "As the votes stood when the meeting ended."


@transaction.atomic
def ask(change: Change, *, deadline_at: datetime, why: str, by: Person, at: datetime) -> ElectronicVote:
    """Put the change to an electronic vote until the deadline. Asked again while one runs, nothing changes.

    Refused for a change that does not wait for a meeting to come, for a deadline within the hour or after
    that meeting, on one's own change, and where too few may vote for a quorum.
    """
    ahead = AgendaItem.objects.filter(change=change, closed_at=None, meeting__state=Meeting.State.PLANNED)
    waiting = ahead.order_by("meeting__starts_at").first()
    if waiting is None or change.state != lifecycle.State.IN_REVIEW:
        raise conflict("electronic.not_in_review", legal=lifecycle.legal(change.state))
    item = voting.held(waiting)
    voting.undecided(item)
    if item.meeting.state != Meeting.State.PLANNED:
        raise conflict("electronic.meeting_has_begun")
    if running := item.electronic_votes.open().first():
        return running
    if faults := _against(item, deadline_at, by=by, at=at):
        raise Refusal(faults)
    item.votes.all().delete()
    asked = ElectronicVote.objects.create(
        item=item, asked_by=by, why=why.strip(), opened_at=at, deadline_at=deadline_at
    )
    whom = ballots.whom(item, at=at)
    record("change.put_to_vote", change, by=by, at=at, deadline_at=deadline_at, why=why.strip(), asked=whom)
    meetings.turn(item.meeting_id)
    return asked


def _against(item: AgendaItem, deadline_at: datetime, *, by: Person, at: datetime) -> list[Reason]:
    on_bench = bench(item.subject, voting_day(item, at))
    if bar := on_bench.barred.get(by.pk):
        return [Reason("decision.conflict" if bar is Bar.CONFLICT else "decision.own_change")]
    if not counted(item, on_bench).within_reach:
        return [Reason("electronic.too_few")]
    if deadline_at < at + SHORTEST:
        return [Reason("electronic.too_soon", {}, "deadline_at")]
    if deadline_at > item.meeting.starts_at:
        return [Reason("electronic.after_the_meeting", {"starts_at": item.meeting.starts_at}, "deadline_at")]
    return []


@transaction.atomic
def vote(item: AgendaItem, *, choice: Choice, reason: str, by: Person, at: datetime) -> Vote:
    """Vote, in the meeting or between meetings; there the vote that decides it mathematically ends it."""
    cast = voting.vote(item, choice=choice, reason=reason, by=by, at=at)
    settle_item(item, at=at)
    return cast


@transaction.atomic
def decide(
    item: AgendaItem,
    *,
    outcome: Outcome,
    sentence: str,
    conditions: Sequence[Wanted] = (),
    by: Person,
    at: datetime,
) -> Decision:
    """Record a decision: of a meeting, or between meetings the casting vote on a tie."""
    item = voting.held(item)
    running = _running(item)
    if running is None:
        verb = deciding_templates.decide if item.template_id else board.decide
        return verb(item, outcome=outcome, sentence=sentence, conditions=conditions, by=by, at=at)
    stands = counted(item, bench(item.subject, voting_day(item, at)))
    if stands.standing is not Standing.TIE or outcome == Outcome.DEFER:
        raise conflict("electronic.only_a_tie")
    decision = board.decide(
        item, outcome=outcome, sentence=sentence, conditions=conditions, by=by, at=at, is_between=True
    )
    ballots.close(running, End.DECIDED, by=by, at=at)
    return decision


@transaction.atomic
def conclude(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Before a meeting ends, record what its votes have decided and nobody recorded; returns how many items.

    What `by` may not decide, or what waits for words or a casting vote, goes on the next agenda.
    """
    items = meeting.items.filter(kind__in=AgendaItem.TO_DECIDE, closed_at=None).with_meeting()
    return sum(_conclude(item, by=by, at=at) for item in items.order_by("position"))


def _conclude(item: AgendaItem, *, by: Person, at: datetime) -> bool:
    on_bench = bench(item.subject, voting_day(item, at))
    stands = counted(item, on_bench)
    if stands.standing is not Standing.DECIDED or by.pk in on_bench.barred:
        return False
    outcome = Outcome.APPROVE if stands.tally.lean is Lean.APPROVE else Outcome.REJECT
    decide(item, outcome=outcome, sentence=BY_THE_VOTES, by=by, at=at)
    return True


@transaction.atomic
def call_off(change: Change, *, by: Person, at: datetime) -> None:
    """Leave it to the meeting. Ended already, nothing happens."""
    vote = ElectronicVote.objects.open().with_item().filter(item__change=change).first()
    if vote is None:
        return
    voting.held(vote.item)
    if running := ElectronicVote.objects.open().with_item().filter(pk=vote.pk).first():
        ballots.close(running, End.CALLED_OFF, by=by, at=at)
        meetings.turn(running.item.meeting_id)


@transaction.atomic
def settle(vote: ElectronicVote, *, at: datetime) -> bool:
    """End the vote where it is decided, hopeless or over; True where it ended. By a rule, not by a person."""
    voting.held(vote.item)
    running = ElectronicVote.objects.open().with_item().filter(pk=vote.pk).first()
    if running is None or running.item.change is None:
        return False
    is_over = not running.is_running(at)
    stands = counted(running.item, bench(running.item.change, voting_day(running.item, at)), is_over=is_over)
    end = electronic_vote.end(stands, is_over=is_over)
    if end == End.DECIDED:
        outcome = Outcome.APPROVE if stands.tally.lean is Lean.APPROVE else Outcome.REJECT
        board.record_between(running.item, outcome=outcome, asked_by=running.asked_by, at=at)
    if end:
        ballots.close(running, End(end), by=None, at=at)
        meetings.turn(running.item.meeting_id)
    return bool(end)


def settle_item(item: AgendaItem, *, at: datetime) -> None:
    """The same for an item, where a vote runs on it."""
    if running := _running(item):
        settle(running, at=at)


def keep(*, now: datetime) -> tuple[int, int]:
    """One round of the beat: end what is over, remind who has not voted; how many of each. A second round
    at once finds nothing to do."""
    ended = reminded = 0
    for running in ElectronicVote.objects.open().with_item():
        if settle(running, at=now):
            ended += 1
        else:
            reminded += _remind(running.pk, now=now)
    return ended, reminded


@transaction.atomic
def _remind(pk: int, *, now: datetime) -> bool:
    """Tell those whose seat has not voted. After an outage two reminders are one."""
    locked = ElectronicVote.objects.open().with_item().select_for_update(of=("self",), skip_locked=True)
    running = locked.filter(pk=pk).first()
    if running is None:
        return False
    due = electronic_vote.due(running.opened_at, running.ends_at, now)
    if due <= running.reminded or running.item.change is None:
        return False
    running.reminded = due
    running.save(update_fields=["reminded"])
    silent = ballots.whom(running.item, at=now, silent_only=True)
    if silent:
        facts = {"deadline_at": running.ends_at, "asked": silent}
        record("change.vote_reminded", running.item.change, by=None, at=now, **facts)
    return bool(silent)


def _running(item: AgendaItem) -> ElectronicVote | None:
    return ElectronicVote.objects.open().with_item().filter(item=item).first()
