"""Quiet periods: what would fall on such a day goes before it, and nothing is told later for their sake."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changeboard import clock
from notifications.domain import milestones
from notifications.domain.milestones import AHEAD, Audience, Line, Milestone, When
from notifications.domain.picture import Reader, Revision
from notifications.domain.plan import asked_for, plan
from notifications.domain.quiet import Quiet
from tests.notifications.domain.a_window import END, STANDARD_DAYS, START, window

M = Milestone
DAY = timedelta(days=1)
CHRISTMAS = Quiet(date(2026, 12, 24), date(2026, 12, 26))
# Two weeks before this window is Friday 25 December.
AFTER_CHRISTMAS = datetime(2027, 1, 8, 17, tzinfo=UTC)
ZONES = ("America/Chicago", "Pacific/Honolulu", "Asia/Kolkata", "Pacific/Kiritimati")


def line(milestone: Milestone, *quiet: Quiet, hour: int = 9) -> Line:
    return Line(Audience.CLIENTS, When.EVERY_WINDOW, milestone, STANDARD_DAYS[milestone], hour, quiet=quiet)


def due(line: Line, zone: str = "America/Chicago", **more) -> str:
    found = milestones.due_ahead(line, AFTER_CHRISTMAS, zone, **more)
    return f"{clock.local(found, zone):%d %b %H:%M}"


def test_what_falls_into_a_quiet_period_goes_on_the_last_day_before_it():
    assert due(line(M.TWO_WEEKS, CHRISTMAS)) == "23 Dec 09:00"


def test_periods_that_touch_are_one():
    before = Quiet(date(2026, 12, 21), date(2026, 12, 23))
    assert due(line(M.TWO_WEEKS, CHRISTMAS, before)) == "20 Dec 09:00"


def test_the_days_are_those_of_the_readers_calendar():
    only = Quiet(date(2026, 12, 25), date(2026, 12, 25))
    assert due(line(M.TWO_WEEKS, only), "Pacific/Kiritimati") == "26 Dec 09:00"
    assert due(line(M.TWO_WEEKS, only), "Pacific/Honolulu") == "24 Dec 09:00"


@pytest.mark.parametrize("milestone", [M.DAY_BEFORE, M.DAY_OF])
def test_a_reminder_keeps_its_day(milestone):
    january = Quiet(date(2027, 1, 1), date(2027, 1, 31))
    assert due(line(milestone, january)) == due(line(milestone))


def test_a_window_that_became_known_too_late_is_told_at_its_own_hour_and_no_sooner():
    late = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert due(line(M.TWO_WEEKS, CHRISTMAS), known_at=late) == "25 Dec 09:00"
    assert due(line(M.TWO_WEEKS, replace(CHRISTMAS, since=late))) == "25 Dec 09:00"


def test_a_contract_and_a_quiet_period_both_bring_it_forward():
    assert due(line(M.TWO_WEEKS, CHRISTMAS), contract_days=15) == "23 Dec 09:00"
    assert due(line(M.TWO_WEEKS, CHRISTMAS), contract_days=30) == "09 Dec 09:00"


days = st.dates(date(2026, 6, 1), date(2026, 12, 20))
periods = st.builds(lambda on, more: Quiet(on, on + more * DAY), days, st.integers(0, 30))
lines = st.lists(
    st.tuples(st.sampled_from(AHEAD), st.integers(5, 22)), min_size=1, unique_by=lambda pair: pair[0]
)


@settings(max_examples=150, deadline=None)
@given(lines, st.lists(periods, max_size=3), st.sampled_from(ZONES), st.integers(0, 200))
def test_nothing_is_told_later_for_their_sake_and_the_order_is_kept(asked, quiet, zone, known):
    reader = Reader(1, Audience.CLIENTS, zone, "email", contract_days=known % 40 or None)
    picture = window(Revision(0, START, END, "made", START - known * DAY))
    loud = [line(milestone, hour=hour) for milestone, hour in asked]
    hushed = [replace(each, quiet=tuple(quiet)) for each in loud]
    found = {each.milestone: each.due_at for each in asked_for(reader.kind, hushed, picture)}
    without = {each.milestone: each.due_at for each in asked_for(reader.kind, loud, picture)}
    assert all(found[each] <= without[each] for each in found)
    assert list(found.values()) == sorted(found.values())
    assert plan(picture, hushed, [reader], []) == plan(picture, hushed, [reader], [])
