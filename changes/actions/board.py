"""Questions, votes, decisions, conditions: the board at work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from changeboard.clock import local_date
from changeboard.history.record import record
from changeboard.people.models import Group, Person, platform_time_zone
from changeboard.refusal import Reason, Refusal, conflict, refuse
from changes.actions import meetings, mentioning, news, riding, searching
from changes.domain import lifecycle, quorum
from changes.domain.lifecycle import Act, State
from changes.models import (
    AgendaItem,
    Change,
    Choice,
    Condition,
    Decision,
    MinuteNote,
    Outcome,
    Question,
    Substitute,
    Template,
    Vote,
)  # fmt: skip
from changes.queries.seats import present, seats

ACTS = {
    Outcome.APPROVE: Act.APPROVE,
    Outcome.WITH_CONDITIONS: Act.APPROVE,
    Outcome.DEFER: Act.DEFER,
    Outcome.REJECT: Act.REJECT,
}
RECORDED = {Act.APPROVE: "change.approved", Act.DEFER: "change.deferred", Act.REJECT: "change.rejected"}


@dataclass(frozen=True)
class Wanted:
    """A condition that the chair sets: what, who, by when."""

    text: str
    owner: Person
    due_at: datetime


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


def seat_of(person: Person, change: Change | Template, on: date) -> int:
    """The member for whom this person votes on this change or template: oneself, or whom one sits in for.

    Refused for the requester, for a substitute that the requester named, and for whoever has no seat.
    """
    members = {seat.person_id for seat in seats(on)}
    standing = Substitute.objects.filter(person=person, from_on__lte=on, until_on__gte=on)
    sits_in_for = set(standing.values_list("member_id", flat=True))
    named = set(Substitute.objects.filter(member=change.requester_id).values_list("person_id", flat=True))
    if not quorum.may_vote(person.pk, requester_id=change.requester_id, named_by_requester=named):
        raise refuse("vote.own_change")
    if person.pk in members:
        return person.pk
    for member in sorted(sits_in_for & members):
        if member != change.requester_id:
            return member
    raise refuse("vote.no_seat")


@transaction.atomic
def vote(item: AgendaItem, *, choice: Choice, reason: str, by: Person, at: datetime) -> Vote:
    """Vote, or change one's vote until the decision; every change of mind is in the history."""
    item = AgendaItem.objects.locked(item.pk)
    subject = undecided(item)
    seat = seat_of(by, subject, local_date(at, platform_time_zone()))
    if choice == Choice.OBJECT and not reason.strip():
        raise refuse("vote.objection_without_reason", at_field="reason")
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
    meetings.attend(item.meeting, by=by, at=at)
    meetings.turn(item.meeting_id)
    act = f"{subject._meta.model_name}.voted"
    record(act, subject, by=by, at=at, choice=choice, reason=reason.strip())
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
    """Record the board's decision. The chair's act, never on the chair's own change.

    Refused without quorum (naming who is missing), against the votes, with conditions that are none, and a
    second time. An approved change rides on the window it asked for.
    """
    item = AgendaItem.objects.locked(item.pk)
    undecided(item)
    change = Change.objects.locked(item.change_id or 0)
    act = ACTS[Outcome(outcome)]
    state = lifecycle.after(change.state, act)
    faults = [
        *against(item, change, ACTS[Outcome(outcome)] is Act.APPROVE, by=by, at=at),
        *_conditions_lacking(outcome, conditions),
    ]
    if act is Act.DEFER and not sentence.strip():
        faults.append(Reason("decision.defer_without_words", {}, "sentence"))
    if faults:
        raise Refusal(faults)
    decision = Decision.objects.create(
        change=change, item=item, outcome=outcome, sentence=sentence.strip(), by=by, at=at
    )
    Condition.objects.bulk_create(
        Condition(change=change, decision=decision, text=each.text, owner=each.owner, due_at=each.due_at)
        for each in conditions
    )
    _write(change, state, act, decision, item, by=by, at=at)
    return decision


def _write(
    change: Change, state: State, act: Act, decision: Decision, item: AgendaItem, *, by: Person, at: datetime
) -> None:
    change.state, change.decided_at = state, at
    change.save(update_fields=["state", "decided_at"])
    item.closed_at = at
    item.save(update_fields=["closed_at"])
    meetings.turn(item.meeting_id)
    texts = [condition.text for condition in decision.conditions.all()]
    record(RECORDED[act], change, by=by, at=at, sentence=decision.sentence, conditions=texts)
    if act is Act.APPROVE:
        riding.confirm(change, by=by, at=at)


def against(
    item: AgendaItem, subject: Change | Template, approves: bool, *, by: Person, at: datetime
) -> list[Reason]:
    """What speaks against recording this decision: own change or template, no quorum, the votes."""
    if by.pk == subject.requester_id:
        return [Reason("decision.own_change", {})]
    counted = quorum.quorum(seats(item.meeting.on), present(item))
    if not counted.is_met:
        facts = {
            "present": counted.present, "needed": counted.needed, "groups": counted.groups,
            "groups_needed": counted.groups_needed, "missing": list(counted.missing),
        }  # fmt: skip
        return [Reason("decision.no_quorum", facts)]
    votes = quorum.tally(item.votes.values_list("choice", flat=True), len(seats(item.meeting.on)))
    if approves and votes.objections > votes.approve:
        return [Reason("decision.against_the_votes", {"approve": votes.approve, "object": votes.objections})]
    if approves and votes.approve == 0:
        return [Reason("decision.nobody_approved", {})]
    return []


def _conditions_lacking(outcome: Outcome, conditions: Sequence[Wanted]) -> list[Reason]:
    if outcome == Outcome.WITH_CONDITIONS and not conditions:
        return [Reason("decision.no_conditions", {}, "conditions")]
    return [
        Reason("decision.empty_condition", {}, "conditions") for each in conditions if not each.text.strip()
    ]


@transaction.atomic
def meet(condition: Condition, *, evidence: str, by: Person, at: datetime) -> Condition:
    """A condition is met; that needs a word of evidence. A second time changes nothing."""
    condition = Condition.objects.select_for_update().select_related("change").get(pk=condition.pk)
    if not evidence.strip():
        raise refuse("condition.no_evidence", at_field="evidence")
    if condition.met_at is None:
        condition.met_at, condition.met_by, condition.evidence = at, by, evidence.strip()
        condition.save(update_fields=["met_at", "met_by", "evidence"])
        record(
            "change.condition_met",
            condition.change,
            by=by,
            at=at,
            text=condition.text,
            evidence=evidence.strip(),
        )
    return condition


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


def undecided(item: AgendaItem) -> Change | Template:
    """What the item is about. Refused where there is nothing to decide, and once it is decided."""
    if item.subject is None:
        raise refuse("decision.nothing_to_decide")
    if item.closed_at is not None:
        raise conflict("decision.already_taken", by=str(item.decision.by), at=item.closed_at)
    return item.subject


def _turn_meetings_of(change: Change) -> None:
    for meeting_id in change.agenda_items.filter(closed_at=None).values_list("meeting_id", flat=True):
        meetings.turn(meeting_id)
