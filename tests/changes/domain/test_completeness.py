from dataclasses import replace

import pytest

from changes.domain.completeness import missing, wrong
from changes.domain.sheet import Sheet, Step, Touch

QUESTIONS = {"planned_down": "How long?", "worst_down": "Worst?", "testing": "How tested?"}
WHOLE = Sheet(
    title="Connect the firewalls",
    why="Support ends",
    systems=frozenset({1}),
    answers={"planned_down": 0, "worst_down": {"text": "A blip", "seconds": 30}, "testing": "In the lab"},
    steps=(Step(text="Plug in", undo="Pull out"),),
)


def codes(sheet):
    return [reason.code for reason in missing(sheet, QUESTIONS)]


def test_a_whole_sheet_lacks_nothing():
    assert codes(WHOLE) == []


def test_an_empty_sheet_lists_everything_at_once():
    assert codes(Sheet()) == [
        "change.no_title", "change.no_why", "change.no_systems",
        "change.unanswered", "change.unanswered", "change.unanswered", "change.no_steps",
    ]  # fmt: skip


def test_a_step_without_a_way_back_is_named_by_its_number():
    sheet = replace(WHOLE, steps=(*WHOLE.steps, Step(text="Switch over")))
    assert [(r.code, dict(r.facts), r.field) for r in missing(sheet, QUESTIONS)] == [
        ("change.step_without_undo", {"step": 2}, "step-2-undo")
    ]


def test_a_worst_case_needs_its_text_and_its_length():
    assert codes(replace(WHOLE, answers={**WHOLE.answers, "worst_down": {"text": "A blip"}})) == [
        "change.unanswered"
    ]


def test_steps_that_are_down_for_longer_than_answered_are_named():
    sheet = replace(WHOLE, steps=(Step(text="Cut", undo="Join", needs_downtime=True, planned_seconds=60),))
    assert codes(sheet) == ["change.plan_is_down_for_longer"]


def test_a_worst_case_better_than_the_plan_is_wrong_even_in_a_draft():
    sheet = Sheet(answers={"planned_down": 60, "worst_down": {"text": "x", "seconds": 30}})
    assert [reason.code for reason in wrong(sheet)] == ["change.worst_is_better_than_plan"]


def test_a_test_statement_is_asked_for_even_when_its_question_is_optional():
    answers = {key: value for key, value in WHOLE.answers.items() if key != "testing"}
    lacking = missing(replace(WHOLE, answers=answers), {"planned_down": "How long?"})
    assert [reason.code for reason in lacking] == ["change.no_test_statement"]


@pytest.mark.parametrize(
    ("said", "which", "fields"),
    [("", "", []), ("no", "", []), ("yes", "Dose records", []), ("yes", " ", ["regulated_which"])],
)
def test_whoever_touches_a_regulated_function_says_which(said, which, fields):
    lacking = missing(replace(WHOLE, regulated=said, regulated_which=which), QUESTIONS)
    assert [reason.field for reason in lacking] == fields


def test_a_service_that_stops_or_suffers_says_for_how_long():
    said = [
        Touch("outage", 1),
        Touch("outage"),
        Touch("degraded"),
        Touch("reduced_redundancy"),
        Touch("no_impact"),
    ]
    lacking = missing(replace(WHOLE, services=dict(enumerate(said))), QUESTIONS)
    assert [(reason.code, reason.field) for reason in lacking] == [
        ("change.service_without_seconds", "service-1-seconds"),
        ("change.service_without_seconds", "service-2-seconds"),
    ]
