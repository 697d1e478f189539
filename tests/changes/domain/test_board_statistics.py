"""The board's statistics, with cases made by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from changes.domain.board_statistics import (
    Answer,
    Attended,
    Case,
    Edit,
    Ruling,
    Sitting,
    attended,
    quantile,
    with_undo,
)

START = datetime(2026, 11, 2, 15, tzinfo=UTC)


def day(number):
    return START + timedelta(days=number)


def a_case(*rulings, **given):
    return Case(START, [Ruling(day(number), outcome) for number, outcome in rulings], **given)


def test_it_took_from_the_submission_to_the_last_decision_that_was_none_to_wait():
    assert a_case((3, "defer"), (10, "approve")).took == timedelta(days=10)
    assert a_case((3, "defer")).took is None
    assert Case(None, [Ruling(day(3), "approve")]).took is None


def test_what_was_deferred_waited_until_the_next_decision_each_time():
    case = a_case((3, "defer"), (10, "defer"), (11, "approve"))
    assert (case.deferrals, case.waited_deferred) == (2, timedelta(days=8))
    assert a_case((3, "defer")).waited_deferred == timedelta()


@pytest.mark.parametrize(
    ("outcome", "ended", "is_regretted"),
    [
        ("approve", "backed_out", True), ("approve_with_conditions", "unsuccessful", True),
        ("approve", "successful_with_issues", False), ("approve", "", False), ("reject", "backed_out", False),
    ],
)  # fmt: skip
def test_regretted_is_what_was_approved_and_then_backed_out_or_failed(outcome, ended, is_regretted):
    assert a_case((3, outcome), ended=ended).is_regretted == is_regretted


def test_worst_case_and_undo_steps_count_from_the_submission_to_the_decision_only():
    edits = [
        Edit(day(-1), (900, 600), 5), Edit(day(0), (600, 300), 1), Edit(day(1), None, 2),
        Edit(day(3), (300, 400), -1), Edit(day(4), (400, 10), 9),
    ]  # fmt: skip
    case = a_case((3, "approve"), edits=edits)
    assert (case.worst_removed_seconds, case.undo_steps_added) == (200, 2)


def test_a_worst_case_that_grew_is_below_nought():
    assert a_case((3, "approve"), edits=[Edit(day(1), (30, 90), 0)]).worst_removed_seconds == -60


def test_wrong_at_first_is_a_question_that_got_another_answer_before_the_decision():
    said = [(0, "A"), (1, "B"), (2, "A"), (2.5, "A"), (5, "B")]
    case = a_case((3, "approve"), answers=[Answer(day(number), text) for number, text in said])
    assert (case.wrong_at_first, case.waited_for_answers) == (1, timedelta(days=2.5))


@pytest.mark.parametrize(
    ("values", "median", "ninetieth"),
    [([], None, None), ([4], 4, 4), ([1, 9], 1, 9), ([5, 1, 3], 3, 5), (list(range(1, 11)), 5, 9)],
)
def test_quantiles_are_values_that_were_seen(values, median, ninetieth):
    rows = [timedelta(days=value) for value in values]
    found = [each and each.days for each in (quantile(rows, 0.5), quantile(rows, 0.9))]
    assert found == [median, ninetieth]


def test_steps_with_an_undo_are_counted_in_every_form_that_history_kept():
    kept = [["during", "Do", "Undo", 1], ["during", "Do", " ", 1], {"undo": "Undo"}, {"text": "Do"}, "Do", []]
    assert [with_undo(each) for each in (kept, None, "steps")] == [2, 0, 0]


def test_a_member_is_counted_over_the_meetings_with_a_seat_and_a_substitute_where_absent():
    seats = frozenset({1, 2})
    held = [
        Sitting(date(2026, 11, 5), seats, frozenset({1})),
        Sitting(date(2026, 11, 12), seats, frozenset({1, 9}), frozenset({1, 2})),
        Sitting(date(2026, 11, 19), frozenset({1}), frozenset({2})),
    ]
    assert attended(held, 1) == Attended(3, 2, 0)
    assert attended(held, 2) == Attended(2, 0, 1)
    assert (attended(held, 2).share, attended([], 1).share) == (50.0, 0.0)
