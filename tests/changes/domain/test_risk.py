"""The score of a change by the rules that ship: the figures, the reasons, and never less for what is worse."""

import importlib

from hypothesis import given
from hypothesis import strategies as st

from changes.domain import risk
from changes.domain.risk import AFFECTED, Answers, Axis, Level
from changes.domain.risk_rules import rules_from

shipped = importlib.import_module("changes.migrations.0003_risk_questions").RULES
RULES = rules_from(shipped)
TOUCHES = ["no", "at_worst", "as_planned"]
FIGURES = ("planned_down", "worst_down", "undo", AFFECTED)

answers = st.builds(
    Answers,
    figures=st.fixed_dictionaries(
        {**{name: st.integers(0, 5000) for name in FIGURES}, "confidence": st.integers(0, 100)}
    ),
    choices=st.fixed_dictionaries({key: st.sampled_from(TOUCHES) for key in ("vpn", "images", "telephones")}),
)


def firewall_change() -> Answers:
    figures = {"planned_down": 0, "worst_down": 30, "confidence": 95, "undo": 90, AFFECTED: 42}
    return Answers(figures, {"vpn": "at_worst", "images": "at_worst", "telephones": "at_worst"})


def with_figure(before: Answers, name: str, figure: int) -> Answers:
    return Answers({**before.figures, name: figure}, before.choices)


def test_the_firewall_change_is_unlikely_and_major():
    assessed = risk.assess(firewall_change(), RULES)
    assert (assessed.likelihood, assessed.impact, assessed.score, assessed.level) == (2, 4, 8, Level.MODERATE)


def test_every_point_has_a_line_that_says_why():
    lines = risk.assess(firewall_change(), RULES).lines
    assert [(line.axis, line.points, line.reason.code) for line in lines] == [
        (Axis.LIKELIHOOD, 2, "risk.confidence"),
        (Axis.IMPACT, 0, "risk.planned_down.worst_down"),
        (Axis.IMPACT, 1, "risk.vpn.at_worst"),
        (Axis.IMPACT, 1, "risk.images.at_worst"),
        (Axis.IMPACT, 1, "risk.telephones.at_worst"),
        (Axis.IMPACT, 1, "risk.affected_clients"),
        (Axis.IMPACT, 0, "risk.undo"),
    ]


def test_a_question_without_an_answer_says_nothing():
    lines = risk.assess(Answers({"confidence": 99}), RULES).lines
    assert [line.reason.code for line in lines] == ["risk.confidence"]


@given(answers, st.sampled_from(FIGURES), st.integers(0, 5000))
def test_raising_a_figure_never_lowers_the_score(before, name, more):
    after = with_figure(before, name, before.figures[name] + more)
    assert risk.assess(after, RULES).score >= risk.assess(before, RULES).score


@given(answers, st.integers(0, 100))
def test_less_confidence_never_lowers_the_score(before, confidence):
    after = with_figure(before, "confidence", min(confidence, before.figures["confidence"]))
    assert risk.assess(after, RULES).score >= risk.assess(before, RULES).score


@given(answers, st.sampled_from(["vpn", "images", "telephones"]), st.sampled_from(TOUCHES))
def test_touching_more_never_lowers_the_score(before, key, touch):
    worse = max(touch, before.choices[key], key=TOUCHES.index)
    after = Answers(before.figures, {**before.choices, key: worse})
    assert risk.assess(after, RULES).score >= risk.assess(before, RULES).score


@given(answers)
def test_a_score_is_likelihood_times_impact_on_the_matrix(given_answers):
    assessed = risk.assess(given_answers, RULES)
    place = (assessed.likelihood in range(1, 6), assessed.impact in range(1, 6))
    assert (*place, assessed.score) == (True, True, assessed.likelihood * assessed.impact)


def test_levels_cut_the_matrix_at_5_10_and_17():
    levels = {score: risk.level_of(score, RULES) for score in (1, 4, 5, 9, 10, 16, 17, 25)}
    assert levels == {1: "low", 4: "low", 5: "moderate", 9: "moderate", 10: "high", 16: "high",
                      17: "critical", 25: "critical"}  # fmt: skip
