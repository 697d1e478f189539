import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain.availability import Downtime, percent_up

MONTH = 31 * 86_400


@pytest.mark.parametrize(
    ("down", "lasts", "per_cent"),
    [
        (900, MONTH, 99.966),
        (0, MONTH, 100.0),
        (1, MONTH, 99.999),
        (MONTH, MONTH, 0.0),
        (2 * MONTH, MONTH, 0.0),
        (5, 0, 100.0),
    ],
)
def test_fifteen_minutes_of_january_are_availability_as_clients_reckon_it(down, lasts, per_cent):
    assert percent_up(down, lasts) == per_cent


@given(st.integers(1, 10**7), st.integers(1, 10**8))
def test_a_second_down_is_never_rounded_to_a_hundred_per_cent(down, lasts):
    assert 0 <= percent_up(down, lasts) < 100


def test_what_is_over_counts_as_used_and_what_is_ahead_as_planned():
    month = Downtime(900, used=700, lasts=MONTH, windows=1) + Downtime(900, 300, 420, lasts=MONTH, windows=1)
    assert (month.expected, month.at_worst, month.budget, month.lasts, month.windows) == (
        1000,
        1120,
        1800,
        MONTH,
        2,
    )


def test_one_window_over_its_budget_is_not_hidden_by_another_that_was_short():
    assert (Downtime(900, used=100) + Downtime(900, used=1000, over=1)).is_over
    assert not Downtime(900, used=900).is_over
