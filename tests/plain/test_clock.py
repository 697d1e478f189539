import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeboard import clock

ODD_ZONES = [
    "America/Chicago",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Santiago",
    "Europe/Dublin",
]
DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))
WALLS = st.times().map(lambda wall: wall.replace(microsecond=0))


def test_eleven_in_chicago_is_eleven_on_both_sides_of_daylight_saving():
    assert clock.at_wall(date(2027, 2, 16), time(11), "America/Chicago") == datetime(
        2027, 2, 16, 17, tzinfo=UTC
    )
    assert clock.at_wall(date(2027, 3, 16), time(11), "America/Chicago") == datetime(
        2027, 3, 16, 16, tzinfo=UTC
    )


def test_a_local_time_that_does_not_exist_moves_to_the_next_that_does():
    assert clock.at_wall(date(2027, 3, 14), time(2, 30), "America/Chicago") == datetime(
        2027, 3, 14, 8, tzinfo=UTC
    )


def test_a_local_time_that_comes_twice_is_the_first_of_the_two():
    assert clock.at_wall(date(2027, 11, 7), time(1, 30), "America/Chicago") == datetime(
        2027, 11, 7, 6, 30, tzinfo=UTC
    )


@given(DAYS, WALLS, st.sampled_from(ODD_ZONES))
def test_the_wall_shows_what_was_asked_or_the_end_of_the_gap(on, wall, name):
    shown = clock.at_wall(on, wall, name).astimezone(ZoneInfo(name)).replace(tzinfo=None)
    asked = datetime.combine(on, wall)
    exists = (
        asked.replace(tzinfo=ZoneInfo(name)).astimezone(UTC).astimezone(ZoneInfo(name)).replace(tzinfo=None)
        == asked
    )
    assert shown == asked if exists else asked < shown <= asked + timedelta(days=1)


@pytest.mark.parametrize("name", sorted(available_timezones()))
def test_nine_in_the_morning_falls_in_no_gap_in_any_zone(name):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(1826)]
    assert {clock.at_wall(day, clock.NINE, name).astimezone(ZoneInfo(name)).time() for day in days} == {
        clock.NINE
    }


def test_two_weeks_before_a_chicago_window_is_nine_wherever_the_client_is():
    starts_at = datetime(2026, 11, 17, 17, tzinfo=UTC)
    assert clock.days_before(starts_at, 14, "America/Chicago") == datetime(2026, 11, 3, 15, tzinfo=UTC)
    assert clock.days_before(starts_at, 14, "Pacific/Honolulu") == datetime(2026, 11, 3, 19, tzinfo=UTC)


def test_the_demonstration_may_run_ahead_and_come_back():
    clock.run_ahead(lambda: timedelta(days=14))
    ahead = clock.now()
    clock.run_ahead(timedelta)
    assert timedelta(days=13) < ahead - clock.now() < timedelta(days=15)


def test_a_skipped_hour_is_shown_never_and_a_repeated_one_twice():
    chicago = "America/Chicago"
    assert clock.times_at_wall(date(2027, 3, 14), time(2, 30), chicago) == ()
    assert clock.times_at_wall(date(2027, 11, 7), time(1, 30), chicago) == (
        datetime(2027, 11, 7, 6, 30, tzinfo=UTC), datetime(2027, 11, 7, 7, 30, tzinfo=UTC),
    )  # fmt: skip


def test_the_second_of_two_equal_hours_is_had_by_its_fold():
    second = clock.at_wall(date(2027, 11, 7), time(1, 30, fold=1), "America/Chicago")
    assert second == datetime(2027, 11, 7, 7, 30, tzinfo=UTC)


@given(DAYS, WALLS, st.sampled_from(ODD_ZONES))
def test_a_wall_time_that_exists_is_where_the_clock_shows_it(on, wall, zone):
    times = clock.times_at_wall(on, wall, zone)
    assert {clock.local(each, zone).replace(tzinfo=None) for each in times} <= {datetime.combine(on, wall)}
    assert not times or clock.at_wall(on, wall, zone) == times[0]


def test_the_zone_data_in_use_are_named_by_their_own_version(tmp_path):
    try:
        (tmp_path / "America").mkdir()
        (tmp_path / "+VERSION").write_text("2031c\n")
        clock.read_zones_from(str(tmp_path))
        assert clock.zone_data() == "2031c"
    finally:
        clock.read_zones_from()
    assert re.fullmatch(r"20\d\d[a-z]+|system", clock.zone_data())
