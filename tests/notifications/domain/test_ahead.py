from datetime import UTC, datetime, timedelta

from notifications.domain.ahead import Standing, standing

DUE = datetime(2026, 12, 1, 15, tzinfo=UTC)


def test_a_milestone_is_to_come_until_its_time_and_while_it_still_waits_after_it():
    before = DUE - timedelta(seconds=1)
    assert standing(due_at=DUE, told=0, waiting=0, failed=0, now=before) is Standing.TO_COME
    assert standing(due_at=DUE, told=0, waiting=3, failed=0, now=DUE) is Standing.TO_COME


def test_a_milestone_that_passed_with_nobody_told_is_never_called_told():
    assert standing(due_at=DUE, told=0, waiting=0, failed=0, now=DUE) is Standing.PASSED


def test_a_milestone_is_told_once_nobody_waits():
    assert standing(due_at=DUE, told=2, waiting=1, failed=0, now=DUE) is Standing.UNDER_WAY
    assert standing(due_at=DUE, told=3, waiting=0, failed=0, now=DUE) is Standing.TOLD


def test_a_milestone_that_reached_nobody_because_it_failed_is_not_blamed_on_the_lead():
    assert standing(due_at=DUE, told=0, waiting=0, failed=2, now=DUE) is Standing.FAILED
