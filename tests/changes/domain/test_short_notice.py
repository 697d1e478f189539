from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.short_notice import Urgency, is_short_notice, urgency

NOW = datetime(2026, 11, 17, 16, tzinfo=UTC)


@given(st.integers(0, 400))
def test_what_disturbs_nothing_is_never_short_notice(days):
    assert not is_short_notice(0, 0, NOW + timedelta(days=days), NOW, 183)


@pytest.mark.parametrize(("planned", "worst"), [(0, 30), (60, 60)])
def test_a_disturbance_sooner_than_six_months_is_short_notice(planned, worst):
    assert is_short_notice(planned, worst, NOW + timedelta(days=28), NOW, 183)


def test_a_disturbance_at_the_horizon_is_planned_in_time():
    assert not is_short_notice(60, 60, NOW + timedelta(days=183), NOW, 183)


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (timedelta(days=14, seconds=1), Urgency.NORMAL),
        (timedelta(days=14), Urgency.HIGH),
        (timedelta(days=7), Urgency.URGENT),
        (timedelta(days=1), Urgency.CRITICAL),
        (timedelta(days=-1), Urgency.CRITICAL),
    ],
)
def test_urgency_follows_the_lead(lead, expected):
    assert urgency(NOW + lead, NOW) is expected
