"""A change that lies untouched is brought to somebody, and only then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain import untouched, working_days
from changes.domain.lifecycle import State
from changes.domain.untouched import Whose

# A Tuesday; Thanksgiving is on the Thursday before.
NOW = datetime(2026, 12, 1, 16, tzinfo=UTC)
FREE = frozenset({date(2026, 11, 26)})
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def lies(state, for_days):
    limits = untouched.limits(NOW.date(), FREE)
    return untouched.lies(state, NOW - timedelta(days=for_days, seconds=1), now=NOW, limits=limits)


@pytest.mark.parametrize(
    ("state", "not_yet", "then"),
    [
        (State.DRAFT, 29, 30),
        (State.SUBMITTED, 13, 14),
        (State.IN_REVIEW, 13, 14),
        (State.DEFERRED, 13, 14),
        # Five working days before this Tuesday is the Monday of the week before: Thursday was free.
        (State.APPROVED, 7, 8),
        (State.IMPLEMENTED, 7, 8),
        (State.BACKED_OUT, 7, 8),
    ],
)
def test_each_state_has_its_patience(state, not_yet, then):
    assert (lies(state, not_yet), lies(state, then)) == (False, True)


@pytest.mark.parametrize("state", [State.SCHEDULED, State.IN_PROGRESS, State.CLOSED, State.WITHDRAWN])
def test_nothing_is_expected_of_what_waits_for_its_window_or_is_over(state):
    assert not lies(state, 400)


def test_the_board_moves_on_what_waits_for_it_and_requesters_the_rest():
    assert untouched.states_of(Whose.CHAIR) == [State.SUBMITTED, State.IN_REVIEW]
    assert untouched.states_of(Whose.RELEASE_ENGINEER, times=2) == [State.APPROVED]


@given(days, st.integers(1, 12), st.frozensets(days, max_size=30))
def test_the_day_so_many_working_days_ago_is_the_latest_such_day(day, count, free):
    found = working_days.before(day, count, free)
    assert working_days.after(found, count, free) <= day
    assert working_days.after(found + timedelta(days=1), count, free) > day


@given(days, st.frozensets(days, max_size=30))
def test_twice_the_patience_is_longer(day, free):
    once, twice = (untouched.limits(day, free, times=times) for times in (1, 2))
    assert all(twice[state] > once[state] for state in once)
