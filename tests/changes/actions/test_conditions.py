"""Conditions: set with an approval, met with evidence, reopened with a reason."""

from datetime import timedelta

import pytest

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changeboard.refusal import Refusal
from changes.actions import board, conditions
from changes.actions.conditions import Wanted
from changes.models import Condition, Decision, Meeting, Outcome
from changes.queries.readiness import findings
from changes.queries.waiting import waiting
from tests.factories.board import a_board, all_approve, in_session
from tests.factories.changes import AT, a_sheet, a_submitted, window

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=20)


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def item(members):
    item = in_session(a_submitted(a_sheet(window=window().pk)), by=members[0], at=AT)
    all_approve(item, members, at=AT)
    return item


def decide(item, members, *wanted, outcome=Outcome.WITH_CONDITIONS):
    return board.decide(item, outcome=outcome, sentence="", conditions=wanted, by=members[0], at=AT)


def refused(verb, *args, **kwargs):
    """The codes and fields with which a verb refuses, and whether it is a conflict."""
    with pytest.raises(Refusal) as refusal:
        verb(*args, **kwargs)
    return [(reason.code, reason.field) for reason in refusal.value.reasons], refusal.value.conflict


@pytest.fixture
def condition(item, members):
    return decide(item, members, Wanted("Operations on call", members[4], LATER)).conditions.get()


def test_several_conditions_are_set_each_with_its_line_of_history(item, members):
    decide(item, members, Wanted("On call", members[4], LATER), Wanted("Spare part", members[2], LATER, 2))
    lines = Event.objects.filter(act="change.condition_set").order_by("pk")
    assert [row.text for row in Condition.objects.order_by("pk")] == ["On call", "Spare part"]
    assert sentence(lines[0]).startswith("Condition set: On call. ")


def test_all_that_is_wrong_is_said_at_once_beside_its_field_and_nothing_is_written(item, members):
    wanted = [Wanted(" ", members[4], LATER), Wanted("Spare", members[2], AT, 2)]
    faults, _ = refused(decide, item, members, *wanted)
    assert faults == [("decision.empty_condition", "text_1"), ("decision.condition_due_before", "due_2")]
    assert Decision.objects.count() == 0


def test_approved_with_conditions_names_at_least_one(item, members):
    assert refused(decide, item, members)[0] == [("decision.no_conditions", "conditions")]


def test_conditions_are_not_dropped_silently_by_another_outcome(item, members):
    wanted = Wanted("On call", members[4], LATER)
    faults, _ = refused(decide, item, members, wanted, outcome=Outcome.APPROVE)
    assert faults == [("decision.conditions_without_their_outcome", "outcome")]


def test_a_condition_is_met_with_a_word_of_evidence_once(condition, members):
    met = conditions.meet(condition, evidence="Rota 51", link="https://rota/51", by=members[4], at=AT)
    again = conditions.meet(condition, evidence="Other", by=members[2], at=AT)
    assert (met.met_by, again.met_by, again.evidence, again.link) == (
        members[4], members[4], "Rota 51", "https://rota/51",
    )  # fmt: skip
    assert Event.objects.filter(act="change.condition_met").count() == 1


def test_without_evidence_and_with_no_address_both_are_said(condition, members):
    faults, _ = refused(conditions.meet, condition, evidence=" ", link="javascript:x", by=members[4], at=AT)
    assert faults == [("condition.no_evidence", "evidence"), ("condition.no_address", "link")]


def test_reopened_it_waits_for_its_owner_again_and_says_why(condition, members):
    conditions.meet(condition, evidence="Rota 51", by=members[4], at=AT)
    conditions.reopen(condition, reason="That rota ends before", by=members[0], at=AT)
    condition.refresh_from_db()
    codes = [each.code for each in waiting(members[4], now=AT)]
    event = Event.objects.get(act="change.condition_reopened")
    assert (condition.met_at, condition.evidence, codes.count("condition")) == (None, "", 1)
    assert (condition.reopened_because, event.facts["evidence"]) == ("That rota ends before", "Rota 51")


def test_an_open_condition_is_not_reopened_and_none_without_a_reason(condition, members):
    assert refused(conditions.reopen, condition, reason="x", by=members[0], at=AT) == (
        [("condition.is_open", "")],
        True,
    )
    conditions.meet(condition, evidence="Rota 51", by=members[4], at=AT)
    assert refused(conditions.reopen, condition, reason=" ", by=members[0], at=AT)[0] == [
        ("condition.no_reason", "reason")
    ]


def test_the_condition_of_a_change_that_is_over_stays_met(condition, members):
    conditions.meet(condition, evidence="Rota 51", by=members[4], at=AT)
    type(condition.change).objects.filter(pk=condition.change_id).update(state="withdrawn")
    assert refused(conditions.reopen, condition, reason="x", by=members[0], at=AT)[1]


@pytest.mark.parametrize(("passed", "code", "title"), [
    (timedelta(), "condition", "1 condition is not met"),
    (timedelta(seconds=1), "condition_overdue", "1 condition is not met, 1 overdue"),
])  # fmt: skip
def test_overdue_is_marked_in_my_work_and_in_the_windows_readiness(condition, members, passed, code, title):
    now = LATER + passed
    found = findings(condition.change.window, now=now)
    condition.change.refresh_from_db()
    assert code in [each.code for each in waiting(members[4], now=now)]
    assert [each.title for each in found if each.code == "changes.conditions"] == [title]


def test_an_open_condition_comes_back_at_every_meeting_until_it_is_met(condition, members):
    meeting = Meeting.objects.order_by("on").last()
    since, until = LATER + timedelta(days=30), LATER + timedelta(days=60)
    before = list(Condition.objects.due_for(until, since=since))
    conditions.meet(condition, evidence="Rota 51", by=members[4], at=AT)
    assert (meeting is not None, before) == (True, [condition])
    assert list(Condition.objects.due_for(until, since=since)) == []
