"""The board's decision on a template: the same votes, quorum and chair as for a change."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict
from changes.actions import meetings, voting
from changes.actions.board import VERDICTS
from changes.domain import template_life
from changes.domain.template_life import Act
from changes.models import AgendaItem, Decision, Outcome, Template

ACTS = {
    Outcome.APPROVE: Act.APPROVE,
    Outcome.WITH_CONDITIONS: Act.APPROVE,
    Outcome.DEFER: Act.DEFER,
    Outcome.REJECT: Act.REJECT,
}
RECORDED = {Act.APPROVE: "template.approved", Act.DEFER: "template.deferred", Act.REJECT: "template.rejected"}


@transaction.atomic
def decide(
    item: AgendaItem, *, outcome: Outcome, sentence: str, conditions: object = (), by: Person, at: datetime
) -> Decision:
    """Record what the board made of a template. The chair's act, never on the chair's own template.

    Refused without quorum, against the votes, with conditions, and a second time. Deferred, it stays
    proposed and comes back on the next agenda.
    """
    item = AgendaItem.objects.locked(item.pk)
    voting.undecided(item)
    voting.in_session(item)
    template = Template.objects.locked(item.template_id or 0)
    if template.state != template_life.State.PROPOSED:
        raise conflict(
            "template.act_not_legal", legal=template_life.legal(template.state), state=template.state
        )
    act = ACTS[Outcome(outcome)]
    faults, is_casting = voting.weighed(item, template, VERDICTS[Outcome(outcome)], by=by, at=at)
    if outcome == Outcome.WITH_CONDITIONS:
        faults.append(Reason("template.no_conditions", {}, "outcome"))
    if act is Act.DEFER and not sentence.strip():
        faults.append(Reason("decision.defer_without_words", {}, "sentence"))
    if faults:
        raise Refusal(faults)
    decision = Decision.objects.create(
        template=template, item=item, outcome=outcome, sentence=sentence.strip(), is_casting_vote=is_casting,
        by=by, at=at,
    )  # fmt: skip
    _write(template, act, decision, item, by=by, at=at)
    return decision


def _write(
    template: Template, act: Act, decision: Decision, item: AgendaItem, *, by: Person, at: datetime
) -> None:
    template.state = template_life.after(template.state, act)
    if act is Act.APPROVE:
        template.approved_by, template.approved_at = by, at
    template.save(update_fields=["state", "approved_by", "approved_at"])
    item.closed_at = at
    item.save(update_fields=["closed_at"])
    meetings.turn(item.meeting_id)
    voting.note_casting(decision, by=by, at=at)
    record(RECORDED[act], template, by=by, at=at, sentence=decision.sentence)
