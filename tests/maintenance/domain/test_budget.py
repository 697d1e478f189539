from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain.budget import Length, sums

SECONDS = st.integers(0, 3600)
LENGTHS = st.lists(
    st.tuples(SECONDS, SECONDS).map(lambda pair: Length(pair[0], pair[0] + pair[1])), max_size=20
)


def test_nothing_planned_takes_nothing():
    found = sums([], 900)
    assert (found.planned, found.worst, found.likely_worst, found.left, found.is_over) == (
        0,
        0,
        0,
        900,
        False,
    )


def test_spreads_add_up_as_squares_do():
    found = sums([Length(300, 330), Length(240, 280)], 900)
    assert (found.planned, found.worst, found.likely_worst) == (540, 610, 590)


def test_one_step_alone_is_at_worst_what_it_says():
    assert sums([Length(300, 421)], 900).likely_worst == 421


@pytest.mark.parametrize(("budget", "is_over", "over_by"), [(590, False, 0), (589, True, 1)])
def test_likely_worst_decides_to_the_second(budget, is_over, over_by):
    found = sums([Length(300, 330), Length(240, 280)], budget)
    assert (found.is_over, found.over_by) == (is_over, over_by)


def test_worst_cases_that_add_up_to_more_than_the_budget_are_no_refusal():
    found = sums([Length(200, 400)] * 3, 1000)
    assert (found.worst, found.likely_worst, found.is_over) == (1200, 947, False)


def test_what_is_left_goes_below_nothing():
    assert sums([Length(1000, 1000)], 900).left == -100


def test_a_window_without_downtime_is_over_with_the_first_second():
    assert sums([Length(0, 1)], 0).over_by == 1


def test_a_part_of_a_second_counts_as_a_whole_one():
    assert sums([Length(0, 1), Length(0, 1)], 900).likely_worst == 2


@given(LENGTHS)
def test_likely_worst_lies_between_planned_and_worst(lengths):
    found = sums(lengths, 900)
    assert found.planned <= found.likely_worst <= found.worst


@given(LENGTHS)
def test_likely_worst_is_the_exact_sum_rounded_up(lengths):
    found = sums(lengths, 900)
    squares = sum((length.worst_seconds - length.planned_seconds) ** 2 for length in lengths)
    root = isqrt(squares)
    assert found.likely_worst == found.planned + root + (root * root < squares)


@given(LENGTHS)
def test_the_order_of_the_steps_does_not_matter(lengths):
    assert sums(lengths, 900) == sums(reversed(lengths), 900)
