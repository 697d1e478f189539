from datetime import UTC, datetime

import pytest

from changes.actions import agenda, meetings
from changes.models import AgendaItem, Meeting
from tests.factories.board import a_board, item_of
from tests.factories.changes import AT, a_harmless_sheet, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_board_meets_on_thursdays_at_ten_and_a_second_run_adds_nothing():
    assert (meetings.ensure_meetings(now=AT), meetings.ensure_meetings(now=AT)) == (6, 0)
    first = Meeting.objects.first()
    assert first.starts_at == datetime(2026, 11, 19, 16, tzinfo=UTC)


def test_a_meeting_on_a_holiday_moves_to_the_tuesday_before():
    meetings.ensure_meetings(now=AT)
    moved = Meeting.objects.get(moved_from_on="2026-11-26")
    assert moved.on.isoformat() == "2026-11-24"


def test_short_notice_comes_first_then_by_window_and_follow_ups_last():
    a_board()
    far, near = window(datetime(2027, 2, 16, tzinfo=UTC)), window()
    calm = a_submitted(a_harmless_sheet(window=far.pk))
    soon = a_submitted(a_harmless_sheet(window=near.pk))
    short = a_submitted(a_sheet(window=far.pk))
    items = AgendaItem.objects.filter(meeting=item_of(calm).meeting).order_by("position")
    assert [item.change for item in items] == [short, soon, calm, None, None, None, None]


def test_what_was_not_decided_goes_on_the_next_agenda():
    chair = a_board()[0]
    change = a_submitted()
    meeting = meetings.start(item_of(change).meeting, by=chair, at=AT)
    ended = meetings.end(meeting, by=chair, at=datetime(2026, 11, 19, 17, tzinfo=UTC))
    assert agenda.carry_over(ended, by=chair, at=datetime(2026, 11, 19, 17, tzinfo=UTC)) == 1
    assert [item.meeting.on.isoformat() for item in change.agenda_items.order_by("meeting__on")] == [
        "2026-11-19",
        "2026-11-24",
    ]


def test_a_deputy_takes_over_with_one_act_and_nothing_is_lost():
    chair = a_board()[0]
    change = a_submitted()
    meeting = meetings.start(item_of(change).meeting, by=chair, at=AT)
    deputy = PersonFactory(chair=True)
    taken = meetings.take_over(meeting, by=deputy, at=AT)
    assert (taken.chair, taken.current_item) == (deputy, meeting.current_item)
