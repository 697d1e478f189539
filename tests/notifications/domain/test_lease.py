"""How long a sender may believe that a row is its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.domain import lease


@pytest.mark.parametrize(("age", "fresh"), [(0.0, True), (2.0, True), (2.01, False), (61.0, False)])
def test_a_mail_begins_under_a_fence_of_the_last_two_seconds_only(age, fresh):
    assert lease.is_fresh(100.0, 100.0 + age) is fresh


def test_a_clock_that_went_backwards_is_no_reason_to_believe():
    assert not lease.is_fresh(100.0, 99.0)


@given(lease_seconds=st.floats(5, 600), began=st.floats(0, lease.FRESH_SECONDS))
def test_a_body_leaves_within_half_the_lease_that_its_fence_began(lease_seconds, began):
    assert began + lease.body_within(lease_seconds) <= lease_seconds / 2


@pytest.mark.parametrize(("waited", "now"), [(0.02, True), (0.019, False)])
def test_a_slow_answer_is_written_down_at_once(waited, now):
    assert lease.is_time_to_mark(0.0, waited) is now
