"""Every zone of the database, every day of 2026 to 2030, every milestone ahead of a window at 11:00 in Chicago.

Zones whose clocks agree over these years are one: some hundred stand for all six hundred.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from changeboard import clock
from notifications.domain import milestones
from notifications.domain.milestones import AHEAD, DAY_OF_LEAD, Audience, Line, Milestone, When
from tests.notifications.domain.a_window import STANDARD_DAYS

M = Milestone
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
DAY, NINE = timedelta(days=1), time(9)
LINES = {each: Line(Audience.CLIENTS, When.EVERY_WINDOW, each, STANDARD_DAYS[each]) for each in AHEAD}


def changes_of(zone: ZoneInfo) -> Iterator[tuple[datetime, timedelta]]:
    """The offset at first, and each later one with the instant from which it holds (to the minute)."""
    at = datetime(2025, 11, 1, tzinfo=UTC)
    offset = at.astimezone(zone).utcoffset()
    yield at, offset
    while at < datetime(2031, 1, 3, tzinfo=UTC):
        if (at + DAY).astimezone(zone).utcoffset() != offset:
            minutes = range(24 * 60)
            at = next(
                at + timedelta(minutes=n)
                for n in minutes
                if (at + timedelta(minutes=n + 1)).astimezone(zone).utcoffset() != offset
            )
            offset = (at + timedelta(minutes=1)).astimezone(zone).utcoffset()
            yield at, offset
            at += timedelta(minutes=1)
        else:
            at += DAY


@cache
def clocks() -> list[str]:
    """One zone's name for each clock that differs from all others in these years."""
    alike = {tuple(changes_of(ZoneInfo(name))): name for name in sorted(available_timezones(), reverse=True)}
    return sorted(alike.values())


STARTS = [
    clock.at_wall(FIRST + number * DAY, time(11), "America/Chicago")
    for number in range((LAST - FIRST).days + 1)
]


@pytest.mark.parametrize("part", range(4))
def test_each_notice_comes_at_nine_before_the_start_and_in_its_order(part):
    for zone in clocks()[part::4]:
        tz = ZoneInfo(zone)
        for start in STARTS:
            dues = [milestones.due_ahead(LINES[each], start, zone) for each in AHEAD]
            assert dues == sorted(dues), (zone, start)
            assert dues[-1] <= start - DAY_OF_LEAD, (zone, start)
            for due in dues:
                is_nine = due.astimezone(tz).time() == NINE
                assert is_nine or (due == dues[-1] == start - DAY_OF_LEAD), (zone, start, due)


def test_no_zone_of_the_database_is_left_out():
    assert len(available_timezones()) > 590
    assert {"America/Chicago", "Asia/Kolkata", "Pacific/Chatham"} <= available_timezones()
