"""Conditions of an approval: set with the decision, met with evidence, reopened by whoever leads the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict, refuse
from changes.actions import meetings
from changes.domain import lifecycle
from changes.models import Condition, Decision, Meeting, Outcome

SECURE = ("https://", "http://")


@dataclass(frozen=True)
class Wanted:
    """A condition that the chair sets: what, who, by when; `row` is its place among them, from 1."""

    text: str
    owner: Person
    due_at: datetime
    row: int = 1


def lacking(outcome: Outcome, wanted: Sequence[Wanted], *, at: datetime) -> list[Reason]:
    """Everything that is wrong with the conditions of a decision, each beside its own field."""
    if outcome == Outcome.WITH_CONDITIONS and not wanted:
        return [Reason("decision.no_conditions", {}, "conditions")]
    if outcome != Outcome.WITH_CONDITIONS and wanted:
        return [Reason("decision.conditions_without_their_outcome", {}, "outcome")]
    faults = [
        Reason("decision.empty_condition", {}, f"text_{each.row}") for each in wanted if not each.text.strip()
    ]
    return faults + [
        Reason("decision.condition_due_before", {}, f"due_{each.row}") for each in wanted if each.due_at <= at
    ]


def write(decision: Decision, wanted: Sequence[Wanted], *, by: Person, at: datetime) -> None:
    """Set them, inside the caller's transaction: a line of history each."""
    for each in wanted:
        made = Condition.objects.create(
            change_id=decision.change_id or 0, decision=decision, text=each.text.strip(), owner=each.owner,
            due_at=each.due_at,
        )  # fmt: skip
        facts = {"text": made.text, "owner": made.owner, "due_at": made.due_at}
        record("change.condition_set", made.change, by=by, at=at, **facts)


@transaction.atomic
def meet(condition: Condition, *, evidence: str, link: str = "", by: Person, at: datetime) -> Condition:
    """A condition is met; that needs a word of evidence, and an address where it has one. A second time
    changes nothing."""
    condition = _held(condition)
    faults = [] if evidence.strip() else [Reason("condition.no_evidence", {}, "evidence")]
    if link.strip() and not link.strip().startswith(SECURE):
        faults.append(Reason("condition.no_address", {}, "link"))
    if faults:
        raise Refusal(faults)
    if condition.met_at is None:
        condition.met_at, condition.met_by = at, by
        condition.evidence, condition.link = evidence.strip(), link.strip()
        condition.reopened_because = ""
        _save(condition)
        facts = {"text": condition.text, "evidence": condition.evidence, "link": condition.link}
        record("change.condition_met", condition.change, by=by, at=at, **facts)
    return condition


@transaction.atomic
def reopen(condition: Condition, *, reason: str, by: Person, at: datetime) -> Condition:
    """The evidence does not hold: it is to be met again. Refused without a reason, while it is open, and
    once the change is over. What was said before stays in the history."""
    condition = _held(condition)
    if condition.met_at is None:
        raise conflict("condition.is_open", legal=["meet"])
    if condition.change.state in lifecycle.OVER:
        raise conflict("condition.change_is_over")
    if not reason.strip():
        raise refuse("condition.no_reason", at_field="reason")
    facts = {"text": condition.text, "reason": reason.strip(), "evidence": condition.evidence}
    condition.met_at, condition.met_by, condition.evidence, condition.link = None, None, "", ""
    condition.reopened_because = reason.strip()
    _save(condition)
    record("change.condition_reopened", condition.change, by=by, at=at, **facts)
    return condition


def _held(condition: Condition) -> Condition:
    rows = Condition.objects.select_for_update(of=("self",)).select_related("change")
    return rows.get(pk=condition.pk)


def _save(condition: Condition) -> None:
    condition.save(update_fields=["met_at", "met_by", "evidence", "link", "reopened_because"])
    # Every meeting ahead or in session may show it.
    shown = Meeting.objects.filter(state__in=(Meeting.State.PLANNED, Meeting.State.LIVE))
    for meeting in shown.values_list("pk", flat=True):
        meetings.turn(meeting)
