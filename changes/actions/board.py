"""Questions and decisions: the board at work."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Group, Person
from changeboard.refusal import Reason, Refusal, conflict, refuse
from changes.actions import conditions as conditions_of
from changes.actions import meetings, mentioning, news, riding, searching, voting
from changes.actions.conditions import Wanted
from changes.domain import lifecycle
from changes.domain.lifecycle import Act, State
from changes.domain.verdict import Verdict
from changes.models import (
    AgendaItem,
    Change,
    Decision,
    MinuteNote,
    Outcome,
    Question,
)  # fmt: skip

ACTS = {
    Outcome.APPROVE: Act.APPROVE,
    Outcome.WITH_CONDITIONS: Act.APPROVE,
    Outcome.DEFER: Act.DEFER,
    Outcome.REJECT: Act.REJECT,
}
VERDICTS = {
    Outcome.APPROVE: Verdict.APPROVE,
    Outcome.WITH_CONDITIONS: Verdict.APPROVE,
    Outcome.DEFER: Verdict.DEFER,
    Outcome.REJECT: Verdict.REJECT,
}
RECORDED = {Act.APPROVE: "change.approved", Act.DEFER: "change.deferred", Act.REJECT: "change.rejected"}


@transaction.atomic
def ask(change: Change, *, text: str, by: Person, at: datetime, group: Group | None = None) -> Question:
    """Ask a tough question, for `group` where a group of the wider circle asks. It must be answered, and the
    answer verified by somebody else."""
    if not text.strip():
        raise refuse("question.empty", at_field="text")
    mentions = mentioning.whom(text)
    news.follow(change, mentions)
    question = Question.objects.create(change=change, text=text.strip(), asked_by=by, asked_at=at)
    searching.index(change)
    _turn_meetings_of(change)
    facts = {"group": group} if group else {}
    record("change.asked", change, by=by, at=at, text=text.strip(), mentions=mentions, **facts)
    return question


@transaction.atomic
def answer(question: Question, *, text: str, by: Person, at: datetime) -> Question:
    """Answer, or answer better: a new answer is unverified again."""
    question = _held(question)
    if not text.strip():
        raise refuse("question.empty_answer", at_field="text")
    mentions = mentioning.whom(text, before=question.answer)
    news.follow(question.change, mentions)
    question.answer, question.answered_by, question.answered_at = text.strip(), by, at
    question.verified_by = question.verified_at = None
    question.save()
    searching.index(question.change)
    _turn_meetings_of(question.change)
    record(
        "change.answered",
        question.change,
        by=by,
        at=at,
        question=question.text,
        text=text.strip(),
        mentions=mentions,
    )
    return question


@transaction.atomic
def verify(question: Question, *, by: Person, at: datetime) -> Question:
    """Stand for an answer, by name. Refused for its author, for the requester, and without an answer."""
    question = _held(question)
    if question.answered_at is None:
        raise conflict("question.not_answered", legal=["answer"])
    if by.pk in (question.answered_by_id, question.change.requester_id):
        raise refuse("question.own_answer")
    if question.verified_at is None:
        question.verified_by, question.verified_at = by, at
        question.save(update_fields=["verified_by", "verified_at"])
        _turn_meetings_of(question.change)
        record("change.verified_answer", question.change, by=by, at=at, question=question.text)
    return question


@transaction.atomic
def decide(
    item: AgendaItem,
    *,
    outcome: Outcome,
    sentence: str,
    conditions: Sequence[Wanted] = (),
    by: Person,
    at: datetime,
    is_between: bool = False,
) -> Decision:
    """Record the board's decision. The chair's act, never on the chair's own change.

    Refused without quorum (naming who is missing), against the votes, with conditions that are none, and a
    second time. On a tie, once everybody present has voted, it is the chair's casting vote. An approved
    change rides on the window it asked for. `is_between`: no meeting is in session, the votes are electronic.
    """
    item = voting.held(item)
    voting.undecided(item)
    if not is_between:
        voting.in_session(item)
    change = Change.objects.locked(item.change_id or 0)
    act = ACTS[Outcome(outcome)]
    state = lifecycle.after(change.state, act)
    faults, is_casting = voting.weighed(item, change, VERDICTS[Outcome(outcome)], by=by, at=at)
    faults += conditions_of.lacking(Outcome(outcome), conditions, at=at)
    if act is Act.DEFER and not sentence.strip():
        faults.append(Reason("decision.defer_without_words", {}, "sentence"))
    if faults:
        raise Refusal(faults)
    decision = Decision.objects.create(
        change=change, item=item, outcome=outcome, sentence=sentence.strip(), is_casting_vote=is_casting,
        is_between_meetings=is_between, by=by, at=at,
    )  # fmt: skip
    conditions_of.write(decision, conditions, by=by, at=at)
    _write(change, state, act, decision, item, by=by, at=at)
    return decision


def record_between(item: AgendaItem, *, outcome: Outcome, asked_by: Person, at: datetime) -> Decision:
    """Write what the votes decided between meetings, inside the caller's transaction. A rule does it; the
    decision bears the name of whoever asked for the vote."""
    change, act = Change.objects.locked(item.change_id or 0), ACTS[outcome]
    state = lifecycle.after(change.state, act)
    decision = Decision.objects.create(
        change=change, item=item, outcome=outcome, is_between_meetings=True, by=asked_by, at=at
    )
    _write(change, state, act, decision, item, by=None, at=at)
    return decision


def _write(
    change: Change, state: State, act: Act, decision: Decision, item: AgendaItem, *, by: Person | None,
    at: datetime,
) -> None:  # fmt: skip
    change.state, change.decided_at = state, at
    change.save(update_fields=["state", "decided_at"])
    item.closed_at = at
    item.save(update_fields=["closed_at"])
    meetings.turn(item.meeting_id)
    texts = [condition.text for condition in decision.conditions.all()]
    voting.note_casting(decision, by=by, at=at)
    record(RECORDED[act], change, by=by, at=at, sentence=decision.sentence, conditions=texts)
    if act is Act.APPROVE:
        riding.confirm(change, by=by, at=at)


@transaction.atomic
def note(item: AgendaItem, *, text: str, by: Person, at: datetime) -> MinuteNote:
    """Add a sentence to the minutes."""
    if not text.strip():
        raise refuse("minutes.empty_note", at_field="text")
    written = MinuteNote.objects.create(meeting=item.meeting, item=item, text=text.strip(), by=by, at=at)
    meetings.turn(item.meeting_id)
    return written


def _held(question: Question) -> Question:
    return Question.objects.select_for_update(of=("self",)).select_related("change").get(pk=question.pk)


def _turn_meetings_of(change: Change) -> None:
    for meeting_id in change.agenda_items.filter(closed_at=None).values_list("meeting_id", flat=True):
        meetings.turn(meeting_id)
