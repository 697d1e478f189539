"""What would make the risk lower: named only where it does, and where it can be reached."""

from dataclasses import replace

from hypothesis import given

from changes.domain import risk
from changes.domain.lowering import lowerings
from changes.domain.risk import AFFECTED, Answers
from tests.changes.domain.test_risk import RULES, answers, firewall_change


def said(given: Answers) -> list[tuple[str, int | str, int]]:
    return [
        (each.question, each.code if each.figure is None else each.figure, each.then.score)
        for each in lowerings(given, RULES)
    ]


def test_the_firewall_change_is_lower_with_more_confidence_or_less_touched():
    assert said(firewall_change()) == [("confidence", 99, 4), ("vpn", "no", 6), ("images", "no", 6)]


def test_a_long_worst_case_is_lower_when_shorter():
    long = Answers({"confidence": 99, "planned_down": 0, "worst_down": 600, AFFECTED: 1, "undo": 0})
    assert said(long) == [("worst_down", 300, 1)]


def test_a_worst_case_is_never_proposed_better_than_the_plan():
    planned = Answers({"confidence": 99, "planned_down": 400, "worst_down": 400, AFFECTED: 1, "undo": 0})
    assert said(planned) == []


def test_the_lowest_score_has_nothing_to_lower():
    assert said(Answers({"confidence": 100, "planned_down": 0, "worst_down": 0, AFFECTED: 1})) == []


@given(answers)
def test_whoever_answers_as_proposed_gets_the_score_that_was_promised(given_answers):
    now = risk.assess(given_answers, RULES).score
    for each in lowerings(given_answers, RULES):
        part = {each.question: each.code if each.figure is None else each.figure}
        field = "choices" if each.figure is None else "figures"
        otherwise = replace(given_answers, **{field: {**getattr(given_answers, field), **part}})
        assert risk.assess(otherwise, RULES) == each.then
        assert each.then.score < now
