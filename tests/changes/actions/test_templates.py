from datetime import date

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import agenda, deciding_templates, meetings, templates, voting
from changes.models import AgendaItem, Choice, Meeting, Outcome
from tests.factories.board import a_board, all_approve, in_session
from tests.factories.changes import AT, a_draft, a_harmless_sheet, a_sheet
from tests.factories.people import PersonFactory
from tests.factories.templates import a_calm_sheet, a_proposed, a_template, approved_by_the_board

pytestmark = pytest.mark.django_db


def codes(refused):
    return [reason.code for reason in refused.value.reasons]


def before_the_board(members):
    template = a_proposed(a_draft(a_calm_sheet()))
    return template, in_session(template.agenda_items.get(), by=members[0], at=AT)


def test_a_proposed_template_goes_on_the_next_agenda_and_is_not_valid_yet():
    template = a_proposed(a_draft(a_calm_sheet()))
    item = template.agenda_items.get()
    assert (template.state, item.kind, item.meeting.on) == ("proposed", "template", date(2026, 11, 19))


def test_the_board_approves_a_template_by_votes_and_the_chair_s_decision():
    members = a_board()
    template = approved_by_the_board(a_proposed(a_draft(a_calm_sheet())), members)
    assert (template.state, template.approved_by, template.approved_at) == ("approved", members[0], AT)


def test_without_quorum_no_template_is_approved():
    members = a_board()
    _, item = before_the_board(members)
    with pytest.raises(Refusal) as refused:
        deciding_templates.decide(item, outcome=Outcome.APPROVE, sentence="", by=members[0], at=AT)
    assert codes(refused) == ["decision.no_quorum"]


def test_nobody_votes_on_or_decides_their_own_template():
    members = a_board()
    template = a_proposed(a_draft(a_calm_sheet(), by=members[0]))
    item = in_session(template.agenda_items.get(), by=members[0], at=AT)
    with pytest.raises(Refusal) as vote:
        voting.vote(item, choice=Choice.APPROVE, reason="", by=members[0], at=AT)
    all_approve(item, members[1:], at=AT)
    with pytest.raises(Refusal) as decision:
        deciding_templates.decide(item, outcome=Outcome.APPROVE, sentence="", by=members[0], at=AT)
    assert (codes(vote), codes(decision)) == (["vote.own_change"], ["decision.own_change"])


def test_a_template_takes_no_conditions_and_deferring_needs_words():
    members = a_board()
    _, item = before_the_board(members)
    all_approve(item, members, at=AT)
    for outcome, code in [
        ("approve_with_conditions", "template.no_conditions"),
        ("defer", "decision.defer_without_words"),
    ]:
        with pytest.raises(Refusal) as refused:
            deciding_templates.decide(item, outcome=outcome, sentence="", by=members[0], at=AT)
        assert codes(refused) == [code]


def test_a_deferred_template_comes_back_on_the_next_agenda():
    members = a_board()
    template, item = before_the_board(members)
    all_approve(item, members, at=AT)
    deciding_templates.decide(item, outcome=Outcome.DEFER, sentence="Name the owner.", by=members[0], at=AT)
    ended = meetings.end(Meeting.objects.get(pk=item.meeting_id), by=members[0], at=AT)
    assert agenda.carry_over(ended, by=members[0], at=AT) == 1
    assert template.agenda_items.filter(closed_at=None).count() == 1


def test_a_decision_is_taken_once():
    members = a_board()
    template = approved_by_the_board(a_proposed(a_draft(a_calm_sheet())), members)
    with pytest.raises(Refusal) as refused:
        deciding_templates.decide(
            template.agenda_items.get(), outcome=Outcome.REJECT, sentence="", by=members[0], at=AT
        )
    assert (refused.value.conflict, codes(refused)) == (True, ["decision.already_taken"])


def test_a_proposal_is_refused_with_every_reason_at_once():
    source = a_draft(a_sheet(steps=()))
    with pytest.raises(Refusal) as refused:
        a_proposed(source, name=" ", expires_on=date(2026, 11, 17))
    assert codes(refused) == [
        "template.no_name", "template.expires_too_soon", "template.incomplete", "bound.impact",
        "bound.worst_down", "bound.risk_level",
    ]  # fmt: skip


def test_only_what_has_shown_itself_becomes_a_template():
    with pytest.raises(Refusal) as refused:
        templates.propose(
            a_draft(a_harmless_sheet()), name="N", expires_on=date(2027, 6, 1), tolerance_percent=50,
            by=PersonFactory(), at=AT,
        )  # fmt: skip
    assert codes(refused) == ["template.change_has_not_shown_it"]


def test_a_name_is_given_once():
    a_template(name="Renew A Certificate")
    with pytest.raises(Refusal) as refused:
        a_proposed(a_draft(a_calm_sheet()))
    assert codes(refused) == ["template.name_is_taken"]


def test_a_failure_suspends_once_and_brings_up_the_next_agenda():
    template, failed = a_template(), a_draft()
    templates.suspend(template, by=None, at=AT, because=failed)
    again = templates.suspend(template, by=None, at=AT, because=a_draft())
    told = Event.objects.about(template).filter(act="template.suspended").count()
    assert (again.state, again.suspended_because, told, Meeting.objects.exists()) == (
        "suspended", failed, 1, True,
    )  # fmt: skip


def test_proposed_again_it_is_not_valid_until_the_board_has_approved_it_again():
    template = a_template(state="suspended", suspended_at=AT)
    again = templates.propose_again(template, expires_on=date(2027, 9, 1), by=template.requester, at=AT)
    assert (again.state, again.approved_at, again.suspended_at) == ("proposed", None, None)


def test_retired_it_leaves_the_agenda_and_stays_retired():
    template = a_proposed(a_draft(a_calm_sheet()))
    templates.retire(template, reason="Automated now", by=template.requester, at=AT)
    with pytest.raises(Refusal) as refused:
        templates.propose_again(template, expires_on=date(2027, 6, 1), by=template.requester, at=AT)
    assert (refused.value.conflict, AgendaItem.objects.filter(template=template).count()) == (True, 0)
