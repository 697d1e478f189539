"""Two administrators at one moment, on a real PostgreSQL, in two connections."""

from dataclasses import replace

import pytest

from changes.actions import risk_questions, rule_sets
from changes.domain.risk import Axis, Part, Rule
from changes.domain.risk_questions import Asking
from changes.models import RiskQuestion
from tests.changes.actions.test_filing_at_once import at_once
from tests.factories.changes import AT
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
NODES = Asking(text="How many nodes?", type="number")


@pytest.fixture
def by():
    return PersonFactory(administrator=True)


def test_one_question_added_twice_at_once_is_one(by):
    made = at_once(*[lambda: risk_questions.add(NODES, by=by, at=AT).key] * 2)
    assert sorted(made) == ["how_many_nodes", "risk_question.there_already"]


def test_two_moves_at_once_lose_no_question(by):
    first, last = RiskQuestion.objects.first(), RiskQuestion.objects.last()
    at_once(
        lambda: risk_questions.move(first, place=9, by=by, at=AT),
        lambda: risk_questions.move(last, place=1, by=by, at=AT),
    )
    assert list(RiskQuestion.objects.values_list("position", flat=True)) == list(range(1, 10))


def test_a_question_is_never_out_of_use_and_judged_by_rules_put_in_force_at_once(by):
    row, made = risk_questions.add(NODES, by=by, at=AT), rule_sets.begin(by=by, at=AT)
    rules = replace(made.read, rules=(*made.read.rules, Rule(Axis.IMPACT, (Part(row.key, ((4, 2),)),))))
    rule_sets.write(made, rules, by=by, at=AT)
    refused = at_once(
        lambda: risk_questions.take_out(row, by=by, at=AT).pk and "",
        lambda: rule_sets.put_in_force(made, by=by, at=AT).pk and "",
    )
    assert sorted(refused) in (["", "risk_question.judged"], ["", "rules.not_asked"])
