"""Which days a calendar shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maintenance.domain import days
from maintenance.domain.days import View, stretch

DATES = st.dates(date(2000, 1, 2), date(2199, 12, 30))


@settings(max_examples=60)
@given(DATES)
def test_a_month_is_whole_weeks_and_has_each_of_its_days_once(on):
    shown = stretch(View.MONTH, on)
    own = [day for day in shown.days if shown.has(day)]
    assert (shown.first.weekday(), len(shown.days) % 7) == (days.SUNDAY, 0)
    assert own == stretch(View.LIST, on).days
    assert shown.first > own[0] - timedelta(days=7)


@settings(max_examples=60)
@given(DATES, st.sampled_from(list(View)))
def test_next_and_previous_lead_to_the_neighbours_and_back(on, view):
    shown = stretch(view, on)
    after, before = stretch(view, shown.following), stretch(view, shown.previous)
    assert shown.has(on)
    assert not shown.has(after.on)
    assert not shown.has(before.on)
    assert stretch(view, after.previous).first == shown.first == stretch(view, before.following).first


def test_december_2026_runs_from_29_november_to_2_january():
    shown = stretch(View.MONTH, date(2026, 12, 15)).days
    assert (shown[0], shown[-1]) == (date(2026, 11, 29), date(2027, 1, 2))


def test_a_day_begins_and_ends_at_midnight_where_it_is_read():
    starts, ends = stretch(View.DAY, date(2026, 3, 8)).instants("America/Chicago")
    assert (f"{starts:%d %H}", f"{ends:%d %H}") == ("08 06", "09 05")


@pytest.mark.parametrize(
    ("month", "zone", "on"),
    [
        (date(2027, 3, 1), "America/Chicago", date(2027, 3, 14)),
        (date(2027, 3, 1), "Europe/London", date(2027, 3, 28)),
        (date(2027, 10, 1), "Europe/London", date(2027, 10, 31)),
        (date(2027, 2, 1), "America/Chicago", None),
        (date(2027, 3, 1), "America/Phoenix", None),
    ],
)
def test_the_day_is_known_on_which_the_clocks_change(month, zone, on):
    assert days.clock_change(month, zone) == on
