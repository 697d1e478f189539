"""Risk questions are added, edited, moved, taken out and put back; what was answered and scored stays."""

from dataclasses import replace

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import filing, risk_questions, rule_sets
from changes.domain.risk import Axis, Part, Rule
from changes.domain.risk_questions import Asking
from changes.models import Change, RiskQuestion, RuleSet
from changes.queries import sheets
from tests.factories.changes import ANSWERS, AT, a_draft, a_sheet
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NODES = Asking(text="How many nodes?", type="number")


@pytest.fixture
def by():
    return PersonFactory(administrator=True)


def codes(verb, *args, **given):
    with pytest.raises(Refusal) as refused:
        verb(*args, **given, at=AT)
    return [reason.code.removeprefix("risk_question.") for reason in refused.value.reasons]


def acts():
    found = Event.objects.filter(act__startswith="risk_question.").order_by("pk")
    return [act.removeprefix("risk_question.") for act in found.values_list("act", flat=True)]


def judging(key, by, *, ladder=((4, 2),)):
    """A version that gives points for the question, begun and saved."""
    made = rule_sets.begin(by=by, at=AT)
    rule = Rule(Axis.IMPACT, (Part(key, ladder),))
    return rule_sets.write(made, replace(made.read, rules=(*made.read.rules, rule)), by=by, at=AT)


def test_a_question_is_asked_last_with_a_key_of_its_own(by):
    row = risk_questions.add(replace(NODES, text="  How many \n nodes? "), by=by, at=AT)
    assert (row.key, row.asking, RiskQuestion.objects.asked().last(), acts()) == (
        "how_many_nodes", NODES, row, ["added"],
    )  # fmt: skip


def test_the_same_question_twice_is_one(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    again = replace(NODES, text="HOW many nodes?")
    assert codes(risk_questions.add, again, by=by) == ["there_already"]
    risk_questions.take_out(row, by=by, at=AT)
    assert codes(risk_questions.add, again, by=by) == ["there_out_of_use"]


def test_an_edit_is_told_from_and_to_and_none_is_not(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    row = risk_questions.edit(row, row.asking, version=1, by=by, at=AT)
    row = risk_questions.edit(row, replace(NODES, type="percent"), version=1, by=by, at=AT)
    changes = Event.objects.get(act="risk_question.edited").facts["changes"]
    assert (row.version, row.key, changes) == (2, "how_many_nodes", {"Type": ["A number", "Per cent"]})


def test_neither_of_two_editors_overwrites_the_other_unseen(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    risk_questions.edit(row, replace(NODES, help="Of all"), version=1, by=by, at=AT)
    assert codes(risk_questions.edit, row, NODES, version=1, by=by) == ["edited_meanwhile"]


def test_every_fault_of_an_edit_is_said_at_once(by):
    row = RiskQuestion.objects.get(key="vpn")
    a_draft()
    typed = Asking(text="", type="choice", choices=(("as_planned", "Yes"), ("maybe", "Yes")), required=False)
    assert codes(risk_questions.edit, row, typed, version=1, by=by) == [
        "no_text", "words_twice", "own_is_required", "choice_held",
    ]  # fmt: skip


def test_the_worst_choice_may_not_be_put_first_or_a_new_worst_go_without_points(by):
    row = RiskQuestion.objects.get(key="vpn")
    worse = replace(row.asking, choices=(*row.asking.choices, ("for_days", "Yes, for days")))
    turned = replace(row.asking, choices=tuple(reversed(row.asking.choices)))
    assert [codes(risk_questions.edit, row, each, version=1, by=by) for each in (worse, turned)] == [
        ["less_for_worse"], ["less_for_worse"],
    ]  # fmt: skip


def test_moving_to_the_same_place_twice_is_once(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    places = [risk_questions.move(row, place=2, by=by, at=AT) for _ in range(2)]
    assert (places, RiskQuestion.objects.all()[1], acts()) == ([2, 2], row, ["added", "moved"])


def test_taking_out_and_putting_back_twice_is_once(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    for verb in (risk_questions.take_out,) * 2 + (risk_questions.put_back,) * 2:
        row = verb(row, by=by, at=AT)
    assert (row.active, acts()) == (True, ["added", "taken_out", "put_back"])


def test_what_the_rules_in_force_name_stays_until_others_are_in_force(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    rule_sets.put_in_force(judging(row.key, by), by=by, at=AT)
    assert codes(risk_questions.take_out, row, by=by) == ["judged"]
    made = rule_sets.begin(by=by, at=AT)
    without = replace(made.read, rules=made.read.rules[:-1])
    rule_sets.put_in_force(rule_sets.write(made, without, by=by, at=AT), by=by, at=AT)
    assert not risk_questions.take_out(row, by=by, at=AT).active


def test_rules_never_wait_for_an_answer_that_nobody_is_asked(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    made = judging(row.key, by)
    risk_questions.take_out(row, by=by, at=AT)
    assert codes(rule_sets.put_in_force, made, by=by) == ["rules.not_asked"]
    assert RuleSet.objects.in_force().version == 1


def test_an_edited_change_keeps_its_answer_to_a_question_out_of_use(by):
    row = risk_questions.add(NODES, by=by, at=AT)
    change = a_draft(a_sheet(answers={**ANSWERS, row.key: 7}))
    risk_questions.take_out(row, by=by, at=AT)
    sheet = replace(sheets.sheet_of(change), title="Another title", answers=ANSWERS)
    filing.edit(change, sheet, version=change.version, by=change.requester, at=AT)
    assert Change.objects.get().answers.get(question=row).value == 7
    assert list(Event.objects.get(act="change.edited").facts["fields"]) == ["title"]
