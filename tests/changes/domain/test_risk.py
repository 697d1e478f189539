import importlib

from hypothesis import given
from hypothesis import strategies as st

from changes.domain import risk
from changes.domain.risk import Answers, Axis, Level

shipped = importlib.import_module("changes.migrations.0003_risk_questions").RULES
RULES = risk.rules_from(shipped)
TOUCHES = ["no", "at_worst", "as_planned"]

answers = st.builds(
    Answers,
    planned_down_seconds=st.integers(0, 5000),
    worst_down_seconds=st.integers(0, 5000),
    confidence=st.integers(0, 100),
    undo_seconds=st.integers(0, 5000),
    clients=st.integers(0, 1000),
    touched=st.fixed_dictionaries({key: st.sampled_from(TOUCHES) for key in ("vpn", "images", "telephones")}),
)


def firewall_change() -> Answers:
    touched = {"vpn": "at_worst", "images": "at_worst", "telephones": "at_worst"}
    return Answers(0, 30, 95, 90, clients=42, touched=touched)


def test_the_firewall_change_is_unlikely_and_major():
    assessed = risk.assess(firewall_change(), RULES)
    assert (assessed.likelihood, assessed.impact, assessed.score, assessed.level) == (2, 4, 8, Level.MODERATE)


def test_every_point_has_a_line_that_says_why():
    lines = risk.assess(firewall_change(), RULES).lines
    assert [(line.axis, line.points, line.reason.code) for line in lines] == [
        (Axis.LIKELIHOOD, 2, "risk.confidence"),
        (Axis.IMPACT, 0, "risk.downtime"),
        (Axis.IMPACT, 1, "risk.vpn.at_worst"),
        (Axis.IMPACT, 1, "risk.images.at_worst"),
        (Axis.IMPACT, 1, "risk.telephones.at_worst"),
        (Axis.IMPACT, 1, "risk.clients"),
        (Axis.IMPACT, 0, "risk.undo"),
    ]


@given(answers, st.sampled_from(["planned_down_seconds", "worst_down_seconds", "undo_seconds", "clients"]),
       st.integers(0, 5000))  # fmt: skip
def test_raising_a_figure_never_lowers_the_score(before, name, more):
    after = Answers(**{**vars(before), name: getattr(before, name) + more})
    assert risk.assess(after, RULES).score >= risk.assess(before, RULES).score


@given(answers, st.integers(0, 100))
def test_less_confidence_never_lowers_the_score(before, confidence):
    after = Answers(**{**vars(before), "confidence": min(confidence, before.confidence)})
    assert risk.assess(after, RULES).score >= risk.assess(before, RULES).score


@given(answers, st.sampled_from(["vpn", "images", "telephones"]), st.sampled_from(TOUCHES))
def test_touching_more_never_lowers_the_score(before, key, touch):
    worse = max(touch, before.touched[key], key=TOUCHES.index)
    after = Answers(**{**vars(before), "touched": {**before.touched, key: worse}})
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
