from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.meeting_dates import FURTHEST_DAYS, OnHoliday, Rhythm, monday, sittings

THANKSGIVING = date(2026, 11, 26)


def thursdays(choice=OnHoliday.EARLIER, every=1):
    return Rhythm(3, every, date(2026, 11, 19), choice)


def held(rhythm, holidays=(THANKSGIVING,), weeks=3):
    last = date(2026, 11, 19) + timedelta(weeks=weeks)
    named = dict.fromkeys(holidays, "A holiday")
    return [each.on for each in sittings(rhythm, date(2026, 11, 19), last, lambda day: named.get(day, ""))]


@pytest.mark.parametrize(
    ("choice", "second"),
    [(OnHoliday.EARLIER, date(2026, 11, 24)), (OnHoliday.LATER, date(2026, 11, 27)), (OnHoliday.SKIP, None)],
)
def test_a_holiday_moves_or_takes_the_meeting_as_the_rule_says(choice, second):
    assert held(thursdays(choice)) == [date(2026, 11, 19), second, date(2026, 12, 3), date(2026, 12, 10)]


def test_the_next_working_day_after_a_long_holiday_is_over_the_weekend():
    assert held(thursdays(OnHoliday.LATER), (THANKSGIVING, date(2026, 11, 27)))[1] == date(2026, 11, 30)


def test_a_week_of_holidays_takes_its_meeting_rather_than_stand_in_the_way_of_the_next():
    week = [THANKSGIVING + timedelta(days=each) for each in range(7)]
    assert held(thursdays(OnHoliday.LATER), week)[1] is None


def test_every_second_week_is_counted_from_the_week_that_is_named():
    assert held(thursdays(every=2), ()) == [date(2026, 11, 19), date(2026, 12, 3)]


days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
rhythms = st.builds(Rhythm, st.integers(0, 6), st.integers(1, 12), days, st.sampled_from(list(OnHoliday)))


@given(rhythms, days, st.integers(0, 400), st.sets(st.integers(0, 420), max_size=60))
def test_no_meeting_is_missing_none_stands_twice_and_none_falls_on_a_holiday(rhythm, first, length, offs):
    holidays = {first + timedelta(days=each) for each in offs}
    last = first + timedelta(days=length)
    found = list(sittings(rhythm, first, last, lambda day: "Off" if day in holidays else ""))
    expected = [
        day
        for day in (first + timedelta(days=each) for each in range(length + 1))
        if day.weekday() == rhythm.weekday
        and (monday(day) - monday(rhythm.counted_from)).days % (7 * rhythm.every_weeks) == 0
    ]
    held_on = [each.on for each in found if each.on]
    assert [each.regular_on for each in found] == expected
    assert held_on == sorted(set(held_on))
    assert not holidays & set(held_on)
    assert all(abs((each.on - each.regular_on).days) <= FURTHEST_DAYS for each in found if each.on)


@given(rhythms, days, st.integers(0, 200), st.integers(1, 200))
def test_two_runs_that_overlap_give_each_week_the_same_meeting(rhythm, first, length, later):
    def run(start, end):
        return {each.week_on: each for each in sittings(rhythm, start, end, lambda day: "")}

    one, two = (
        run(first, first + timedelta(days=length)),
        run(first + timedelta(days=later), first + timedelta(400)),
    )
    assert all(one[week] == two[week] for week in one.keys() & two.keys())
