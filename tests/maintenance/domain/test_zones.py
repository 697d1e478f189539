"""Cadences against the zone database, 2024 to 2036: local time constant, each date once, gaps as stated."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maintenance.domain import recurrence, rhythm
from maintenance.domain.rhythm import Rhythm, Unit
from maintenance.models import Cadence

# Changes at noon, of half an hour, at midnight, around Ramadan, on Saturdays, of 12:45, two hours at once.
ZONES = (
    "America/Chicago", "Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns",
    "Asia/Gaza", "Pacific/Chatham", "America/Santiago", "Antarctica/Troll",
)  # fmt: skip
FIRST, LAST = date(2024, 1, 1), date(2036, 12, 31)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
RHYTHMS = st.builds(
    Rhythm, st.just(Unit.MONTH), st.integers(1, 3), st.integers(0, 6), st.sampled_from((1, 2, 3, 4, 5, -1))
) | st.builds(Rhythm, st.just(Unit.WEEK), st.integers(1, 4), st.integers(0, 6))
WALLS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
SEARCHED = settings(max_examples=25, deadline=None)


def slots(said, wall, zone, made=()):
    dates = Cadence(rrule=rhythm.rule(said), begins_on=FIRST).dates(FIRST, LAST)
    return dates, recurrence.still_to_make(dates, made, wall, zone, 900, now=LONG_AGO)


def shown(slot, zone):
    return slot.starts_at.astimezone(ZoneInfo(zone))


@SEARCHED
@given(RHYTHMS, WALLS, st.sampled_from(ZONES))
def test_the_local_time_is_the_same_on_every_date_that_has_it(said, wall, zone):
    _, made = slots(said, wall, zone)
    exists = [each for each in made if shown(each, zone).time() == wall]
    skipped = [each for each in made if each not in exists]
    assert [shown(each, zone).date() for each in exists] == [each.on for each in exists]
    for each in skipped:
        # The naive wall time read back through UTC is another one: it is in a gap, and the start is its end.
        naive = datetime.combine(each.on, wall, tzinfo=ZoneInfo(zone))
        assert naive.astimezone(UTC).astimezone(ZoneInfo(zone)).time() != wall
        before = each.starts_at - timedelta(seconds=1)
        assert before.astimezone(ZoneInfo(zone)).utcoffset() != shown(each, zone).utcoffset()
        assert shown(each, zone).replace(tzinfo=None) > datetime.combine(each.on, wall)


@SEARCHED
@given(RHYTHMS, WALLS, st.sampled_from(ZONES))
def test_no_date_is_missing_and_none_comes_twice(said, wall, zone):
    dates, made = slots(said, wall, zone)
    assert [each.on for each in made] == dates == sorted(set(dates))
    assert all(one.starts_at < other.starts_at for one, other in pairwise(made))


@SEARCHED
@given(RHYTHMS, WALLS, st.sampled_from(ZONES), st.integers(0, 60))
def test_a_second_run_adds_nothing_and_a_broken_off_one_is_completed(said, wall, zone, broken_off):
    dates, made = slots(said, wall, zone)
    assert slots(said, wall, zone, made=set(dates))[1] == []
    assert slots(said, wall, zone, made=set(dates[:broken_off]))[1] == made[broken_off:]


@SEARCHED
@given(WALLS, st.sampled_from(ZONES), st.dates(FIRST, LAST))
def test_of_a_repeated_hour_it_is_the_first(wall, zone, on):
    starts_at = recurrence.slot(on, wall, zone, 900).starts_at
    earlier = [starts_at - timedelta(minutes=minutes) for minutes in (30, 60, 120)]
    naive = datetime.combine(on, wall)
    assert naive not in [each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in earlier]


@pytest.mark.parametrize(
    ("zone", "on", "wall", "starts_at"),
    [
        ("America/Chicago", date(2027, 3, 14), time(2, 30), "2027-03-14T08:00"),
        ("America/Chicago", date(2027, 11, 7), time(1, 30), "2027-11-07T06:30"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45"),
        ("America/Santiago", date(2026, 9, 6), time(0, 30), "2026-09-06T04:00"),
        ("Pacific/Chatham", date(2026, 9, 27), time(3), "2026-09-26T14:00"),
        ("Europe/London", date(2027, 3, 28), time(1, 30), "2027-03-28T01:00"),
    ],
)
def test_skipped_hours_move_to_the_next_and_repeated_ones_are_the_first(zone, on, wall, starts_at):
    found = recurrence.slot(on, wall, zone, 900).starts_at
    assert found.replace(tzinfo=None).isoformat(timespec="minutes") == starts_at
