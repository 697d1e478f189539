from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.bounds import CALM, Bounds, broken
from changes.domain.sheet import Sheet, Step, Touch

STEP = Step(text="Put the new one in", undo="Put the old one back", planned_seconds=100, undo_seconds=60)
BOUNDS = Bounds(frozenset({1}), frozenset({7, 8}), (STEP, replace(STEP, text="Check it")), 50)
ANSWERS = {"planned_down": 0, "worst_down": {"text": "Nothing", "seconds": 0}, "confidence": 95}
WITHIN = Sheet(systems=frozenset({1}), services={7: Touch("no_impact")}, answers=ANSWERS, steps=BOUNDS.steps)


def codes(sheet, level="low"):
    return [reason.code for reason in broken(sheet, BOUNDS, risk_level=level)]


def first_step(**given):
    return replace(WITHIN, steps=(replace(STEP, **given), BOUNDS.steps[1]))


def test_what_is_as_the_board_saw_it_breaks_nothing():
    assert codes(WITHIN) == []


def test_window_owners_and_wording_are_free():
    steps = tuple(replace(step, owner=4) for step in WITHIN.steps)
    assert codes(replace(WITHIN, window=3, title="Other", why="Words", steps=steps)) == []


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (replace(WITHIN, systems=frozenset({1, 2})), "bound.systems"),
        (replace(WITHIN, services={9: Touch("no_impact")}), "bound.services"),
        (replace(WITHIN, services={7: Touch("degraded")}), "bound.impact"),
        (replace(WITHIN, regulated="yes", regulated_which="Dose records"), "bound.regulated"),
        (replace(WITHIN, services={7: Touch("no_impact", 1)}), "bound.impact"),
        (replace(WITHIN, answers={**ANSWERS, "planned_down": 1}), "bound.planned_down"),
        (replace(WITHIN, answers={"planned_down": 0}), "bound.worst_down"),
        (replace(WITHIN, steps=WITHIN.steps[:1]), "bound.steps"),
        (first_step(text="Something else"), "bound.step"),
        (first_step(undo=""), "bound.step"),
        (first_step(needs_downtime=True), "bound.step"),
        (first_step(planned_seconds=151), "bound.step_length"),
        (first_step(worst_seconds=151), "bound.step_length"),
        (first_step(undo_seconds=91), "bound.step_length"),
    ],
)
def test_each_bound_is_named_when_it_is_broken(sheet, code):
    assert codes(sheet) == [code]


def test_a_step_may_take_longer_up_to_the_tolerance_and_may_be_shorter():
    assert [codes(first_step(planned_seconds=length)) for length in (150, 1)] == [[], []]


@pytest.mark.parametrize("level", ["", "moderate", "high", "critical"])
def test_only_low_risk_is_within_bounds(level):
    assert codes(WITHIN, level) == ["bound.risk_level"]


lengths = st.integers(0, 400)
steps = st.builds(
    replace, st.sampled_from(BOUNDS.steps), planned_seconds=lengths, worst_seconds=lengths,
    needs_downtime=st.booleans(),
)  # fmt: skip
touches = st.builds(Touch, st.sampled_from([*CALM, "degraded", "outage"]), st.integers(0, 2))
sheets = st.builds(
    Sheet,
    systems=st.frozensets(st.integers(1, 2), min_size=1),
    services=st.dictionaries(st.integers(7, 9), touches, max_size=2),
    answers=st.fixed_dictionaries({"planned_down": st.integers(0, 1), "worst_down": st.integers(0, 1)}),
    steps=st.lists(steps, min_size=1, max_size=3),
)


@given(sheets, st.sampled_from(["low", "moderate"]))
def test_whatever_is_within_bounds_has_low_risk_no_downtime_and_the_approved_plan(sheet, level):
    if broken(sheet, BOUNDS, risk_level=level):
        return
    assert (level, sheet.answers) == ("low", {"planned_down": 0, "worst_down": 0})
    assert (sheet.systems, set(sheet.services) <= BOUNDS.services) == (frozenset({1}), True)
    assert [step.text for step in sheet.steps] == [step.text for step in BOUNDS.steps]
    assert all(step.at_worst <= 150 and not step.needs_downtime for step in sheet.steps)
