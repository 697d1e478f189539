"""Worked by hand: a window on Tuesday 15 December 2026, 11:00–11:15 in Chicago (CST, UTC−6), 17:00 UTC."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changeboard import clock
from notifications.domain import milestones
from notifications.domain.milestones import Audience, Line, Milestone, When
from tests.notifications.domain.a_window import STANDARD_DAYS

M = Milestone
START = datetime(2026, 12, 15, 17, tzinfo=UTC)
ZONES = sorted(name for name in available_timezones() if "/" in name)


def line(milestone: Milestone) -> Line:
    return Line(Audience.CLIENTS, When.EVERY_WINDOW, milestone, STANDARD_DAYS[milestone])


def utc(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/Chicago", utc(1, 15)),
        ("Pacific/Honolulu", utc(1, 19)),
        ("Asia/Kolkata", utc(1, 3, 30)),
        ("Europe/London", utc(1, 9)),
        ("America/Phoenix", utc(1, 16)),
    ],
)
def test_two_weeks_before_is_nine_o_clock_on_the_readers_own_clock(zone, due):
    assert milestones.due_ahead(line(M.TWO_WEEKS), START, zone) == due


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/Chicago", utc(14, 15)),
        ("Pacific/Honolulu", utc(14, 19)),
        ("Asia/Kolkata", utc(14, 3, 30)),
        ("Australia/Sydney", utc(14, 22)),
    ],
)
def test_the_day_before_is_the_readers_previous_date(zone, due):
    """In Sydney the window is on Wednesday the 16th at 04:00, so the day before is their Tuesday."""
    assert milestones.due_ahead(line(M.DAY_BEFORE), START, zone) == due


def test_two_weeks_before_a_november_window_lies_beyond_the_change_of_clocks():
    start = datetime(2026, 11, 10, 17, tzinfo=UTC)
    assert milestones.due_ahead(line(M.TWO_WEEKS), start, "America/Chicago") == utc(27, 14, month=10)


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/Chicago", utc(15, 15)),
        ("America/New_York", utc(15, 14)),
        ("Pacific/Honolulu", utc(15, 15)),
        ("America/Phoenix", utc(15, 15)),
    ],
)
def test_the_day_of_is_told_two_hours_before_at_the_latest(zone, due):
    assert milestones.due_ahead(line(M.DAY_OF), START, zone) == due


def test_a_contract_that_asks_for_more_moves_the_first_notice_earlier():
    assert milestones.due_ahead(line(M.TWO_WEEKS), START, "America/Chicago", 21) == utc(24, 15, month=11)


def test_a_contract_that_asks_for_less_moves_nothing():
    assert milestones.due_ahead(line(M.TWO_WEEKS), START, "America/Chicago", 5) == utc(1, 15)


def test_a_contract_moves_no_other_notice():
    assert milestones.due_ahead(line(M.DAY_BEFORE), START, "America/Chicago", 21) == utc(14, 15)


@pytest.mark.parametrize("milestone", [M.TWO_WEEKS, M.ONE_WEEK])
def test_a_notice_weeks_ahead_is_of_use_until_the_day_before_notice_is_due(milestone):
    assert milestones.too_late_ahead(line(milestone), START, "Pacific/Honolulu") == utc(14, 19)


def test_the_day_before_notice_is_of_use_until_half_an_hour_before_the_start():
    assert milestones.too_late_ahead(line(M.DAY_BEFORE), START, "America/Chicago") == utc(15, 16, 30)


def test_the_day_of_notice_is_of_use_until_the_start():
    assert milestones.too_late_ahead(line(M.DAY_OF), START, "America/Chicago") == START


def test_starting_is_of_use_until_the_start_and_done_until_a_day_after_the_end():
    end = START + timedelta(minutes=15)
    assert milestones.too_late_at_service(M.STARTING, START, end) == START
    assert milestones.too_late_at_service(M.DONE, START, end) == end + timedelta(days=1)


def test_a_retraction_is_told_until_a_week_after_the_end_that_was_told():
    end = START + timedelta(minutes=15)
    assert milestones.too_late_to_retract(end, utc(10, 12)) == end + timedelta(days=7)


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),
    milestone=st.sampled_from(milestones.AHEAD),
)
def test_every_notice_is_due_before_the_start_and_before_it_is_too_late(zone, start, milestone):
    due = milestones.due_ahead(line(milestone), start, zone)
    assert due < start
    assert due <= milestones.too_late_ahead(line(milestone), start, zone) or milestone is M.DAY_BEFORE


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),
)
def test_two_weeks_before_always_shows_nine_on_the_readers_clock(zone, start):
    there = clock.local(milestones.due_ahead(line(M.TWO_WEEKS), start, zone), zone)
    assert (there.hour, there.minute) == (9, 0)
    assert (clock.local_date(start, zone) - there.date()).days == 14


@pytest.mark.parametrize("days", [1, 14])
def test_the_same_notice_elsewhere_goes_as_many_days_before_at_the_same_hour(days):
    start = datetime(2026, 12, 15, 17, tzinfo=UTC)
    due = clock.days_before(start, days, "Pacific/Honolulu", time(9))
    there = milestones.due_elsewhere(due, start, "Pacific/Honolulu", "Asia/Kolkata")
    assert there == clock.days_before(start, days, "Asia/Kolkata", time(9))
