"""Eleven o'clock stays eleven o'clock, and no date is made twice (PRODUCT.md section 5)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain import recurrence

CHICAGO, ELEVEN = "America/Chicago", time(11)
NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)
ZONES = st.sampled_from((CHICAGO, "America/Denver", "America/St_Johns", "Australia/Lord_Howe", "UTC"))
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
WALLS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def still_to_make(dates, made=(), now=NOW):
    return [slot.on for slot in recurrence.still_to_make(dates, made, ELEVEN, CHICAGO, 900, now=now)]


@pytest.mark.parametrize(
    ("on", "hour"),
    [
        (date(2027, 3, 13), 17),
        (date(2027, 3, 14), 16),
        (date(2027, 11, 6), 16),
        (date(2027, 11, 7), 17),
    ],
)
def test_eleven_local_stays_eleven_local_on_either_side_of_a_change_of_clocks(on, hour):
    assert recurrence.slot(on, ELEVEN, CHICAGO, 900).starts_at == datetime(
        on.year, on.month, on.day, hour, tzinfo=UTC
    )


def test_a_local_time_that_does_not_exist_moves_to_the_next_that_does():
    in_gap = recurrence.slot(date(2027, 3, 14), time(2, 30), CHICAGO, 900)
    assert in_gap.starts_at.astimezone(ZoneInfo(CHICAGO)).time() == time(3)


def test_a_local_time_that_comes_twice_is_the_first_of_the_two():
    twice = recurrence.slot(date(2027, 11, 7), time(1, 30), CHICAGO, 900)
    assert twice.starts_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


def test_the_length_is_real_seconds_across_a_change_of_clocks():
    night = recurrence.slot(date(2027, 3, 14), time(1, 45), CHICAGO, 3600)
    assert night.ends_at.astimezone(ZoneInfo(CHICAGO)).time() == time(3, 45)


@given(DAYS, WALLS, ZONES, st.integers(0, 86_400))
def test_a_slot_lasts_as_long_as_it_says_whatever_the_clocks_do(on, wall, zone, seconds):
    slot = recurrence.slot(on, wall, zone, seconds)
    assert slot.ends_at - slot.starts_at == timedelta(seconds=seconds)


@given(DAYS, WALLS, ZONES)
def test_a_slot_begins_on_its_own_day_and_never_before_its_wall_time(on, wall, zone):
    begins = recurrence.slot(on, wall, zone, 900).starts_at.astimezone(ZoneInfo(zone))
    assert (begins.date(), begins.time() >= wall) == (on, True)


@given(st.lists(DAYS, max_size=30))
def test_a_second_run_over_the_same_dates_adds_nothing(dates):
    assert still_to_make(dates, made=set(still_to_make(dates))) == []


@given(st.lists(DAYS, max_size=30), st.sets(DAYS, max_size=10))
def test_a_date_that_was_made_once_is_never_made_again(dates, made):
    assert set(still_to_make(dates, made)) & made == set()


@given(st.lists(DAYS, max_size=30))
def test_the_dates_come_sorted_once_each_and_none_in_the_past(dates):
    assert still_to_make(dates) == sorted({on for on in dates if on > date(2026, 11, 22)})


def test_a_date_whose_hour_has_passed_today_is_not_made():
    noon = datetime(2026, 11, 23, 18, tzinfo=UTC)
    assert still_to_make([date(2026, 11, 23)], now=noon) == []


@pytest.mark.parametrize(
    ("taken", "reference"),
    [
        ((), "RIS-2026-12"),
        (("RIS-2026-12",), "RIS-2026-12b"),
        (("RIS-2026-12", "RIS-2026-12b"), "RIS-2026-12c"),
        (("PACS-2026-12", "RIS-2026-11"), "RIS-2026-12"),
    ],
)
def test_a_second_window_of_a_month_gets_the_next_letter(taken, reference):
    assert recurrence.month_reference("RIS", date(2026, 12, 15), taken) == reference
