"""The truth table of freezes: now, before, after × hard, soft × override × system. Who asks when is no matter."""

from datetime import date, time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain.freezes import Bearing, bearing, difference
from tests.maintenance.domain.pictures import PACS, RIS, frozen, span

B = Bearing
# The window lies on Tue 15 Dec 2026.
WHEN = {
    "before": ((2026, 12, 1), (2026, 12, 15)),
    "now": ((2026, 12, 15), (2026, 12, 16)),
    "after": ((2026, 12, 16), (2027, 1, 4)),
}
SYSTEMS = {"all": [], "own": [RIS], "own among others": [PACS, RIS], "another": [PACS]}
EVERY = list(product(WHEN, (True, False), (False, True), SYSTEMS))


def expected(when, hard, overridden, systems):
    if when != "now" or systems == "another" or overridden:
        return B.NONE
    return B.REFUSES if hard else B.WARNS


@pytest.mark.parametrize(("when", "hard", "overridden", "systems"), EVERY)
def test_a_freeze_bears_on_what_lies_in_it_and_on_nothing_else(when, hard, overridden, systems):
    freeze = frozen(*WHEN[when], systems=SYSTEMS[systems], hard=hard)
    found = bearing(freeze, span(7), overridden=overridden)
    assert found == expected(when, hard, overridden, systems)


def test_the_table_has_every_line_and_three_of_four_outcomes_are_nothing():
    outcomes = [expected(*line) for line in EVERY]
    assert [len(EVERY), *(outcomes.count(each) for each in B)] == [48, 42, 3, 3]


def test_a_future_freeze_blocks_nothing_today():
    assert bearing(frozen((2026, 12, 16), (2027, 1, 4)), span(7)) == B.NONE


@pytest.mark.parametrize(
    ("first", "last"), [((2026, 12, 1), (2026, 12, 15)), ((2026, 12, 16), (2026, 12, 20))]
)
def test_a_window_that_touches_a_freeze_at_midnight_is_free(first, last):
    whole_day = span(7, wall=time(0), seconds=86_400)
    assert bearing(frozen(first, last), whole_day) == B.NONE


def held(windows=(), freezes=(), overridden=(), now=()):
    found = difference(windows, freezes, set(overridden), set(now))
    return sorted(found.to_hold), sorted(found.to_release)


PEAK = ((2026, 12, 14), (2026, 12, 20))


def test_a_freeze_holds_the_windows_that_lie_in_it():
    windows = [span(7), span(8, on=date(2026, 12, 21))]
    assert held(windows, [frozen(*PEAK, pk=1)]) == ([(7, 1)], [])


def test_two_freezes_hold_one_window_and_each_lets_go_of_its_own():
    both = [(7, 1), (7, 2)]
    assert held([span(7)], [frozen(*PEAK, pk=1), frozen(*PEAK, pk=2)]) == (both, [])
    assert held([span(7)], [frozen(*PEAK, pk=2)], now=both) == ([], [(7, 1)])


def test_a_soft_freeze_holds_nothing():
    assert held([span(7)], [frozen(*PEAK, pk=1, hard=False)]) == ([], [])


def test_an_override_lets_one_window_go_and_no_other():
    windows = [span(7), span(8, on=date(2026, 12, 16))]
    assert held(windows, [frozen(*PEAK, pk=1)], overridden=[(7, 1)], now=[(7, 1)]) == ([(8, 1)], [(7, 1)])


def test_a_window_that_is_no_longer_ahead_is_let_go():
    assert held([], [frozen(*PEAK, pk=1)], now=[(7, 1)]) == ([], [(7, 1)])


DAYS = st.integers(1, 28).map(lambda day: date(2026, 12, day))
WINDOWS = st.lists(DAYS, max_size=6, unique=True).map(
    lambda days: [span(number, on=on) for number, on in enumerate(days, 1)]
)
FREEZES = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 8), st.booleans()), max_size=4).map(
    lambda rows: [
        frozen((2026, 12, first), (2026, 12, first + days), hard=hard, pk=number)
        for number, (first, days, hard) in enumerate(rows, 1)
    ]
)
PAIRS = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 4)))


@given(WINDOWS, FREEZES, PAIRS, PAIRS)
def test_whatever_was_held_before_the_second_time_changes_nothing(windows, freezes, overridden, before):
    first = difference(windows, freezes, overridden, before)
    after = (before | first.to_hold) - first.to_release
    assert difference(windows, freezes, overridden, after) == difference([], [], set(), set())


@given(WINDOWS, FREEZES, PAIRS)
def test_declaring_and_lifting_a_freeze_leaves_what_was(windows, freezes, overridden):
    one = frozen((2026, 12, 10), (2026, 12, 20), pk=9)
    before = difference(windows, freezes, overridden, set()).to_hold
    declared = difference(windows, [*freezes, one], overridden, before)
    lifted = difference(windows, freezes, overridden, before | declared.to_hold)
    assert (lifted.to_release, declared.to_release) == (declared.to_hold, frozenset())
