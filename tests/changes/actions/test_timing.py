from datetime import timedelta

import pytest

from changeboard.refusal import Refusal
from changes.actions import agenda, between, filing, meetings, minutes, voting
from changes.models import AgendaItem, Meeting, Minutes
from tests.factories.board import a_board, in_session, item_of
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return a_board()


def minute(number):
    return AT + timedelta(minutes=number)


def test_the_timer_of_an_item_runs_while_it_is_on_everybodys_screen(members):
    first, second = item_of(a_submitted()), item_of(a_submitted())
    meeting = meetings.start(first.meeting, by=members[0], at=AT)
    for item, at in ((second, 4), (first, 10), (second, 11)):
        meetings.move_on(meeting, item, by=members[0], at=minute(at))
    meetings.end(meeting, by=members[0], at=minute(20))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.spent_seconds, second.spent_seconds) == (5 * 60, 15 * 60)


def test_shown_again_while_it_is_shown_nothing_changes(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    before = Meeting.objects.get(pk=item.meeting_id).version
    meetings.move_on(item.meeting, item, by=members[0], at=minute(3))
    item.refresh_from_db()
    assert (item.shown_at, Meeting.objects.get(pk=item.meeting_id).version) == (AT, before)


def test_an_item_is_given_its_share_of_the_time_that_is_left(members):
    items = [item_of(a_submitted()) for _ in range(3)]
    start = items[0].meeting.starts_at
    meeting = meetings.start(items[0].meeting, by=members[0], at=start)
    meetings.move_on(meeting, items[2], by=members[0], at=start + timedelta(minutes=40))
    given = AgendaItem.objects.filter(pk__in=[each.pk for each in items]).order_by("pk")
    assert [each.allotted_seconds for each in given] == [20 * 60, None, 10 * 60]


def test_a_meeting_that_began_early_shares_its_own_length(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    assert (item.meeting.starts_at > AT, item.allotted_seconds) == (True, 60 * 60)


def withdrawn_in_the_meeting(members):
    change = a_submitted()
    item = in_session(change, by=members[0], at=AT)
    voting.vote(item, choice="approve", reason="", by=members[1], at=AT)
    filing.withdraw(change, by=change.requester, at=AT, reason="The vendor has no licence.")
    return AgendaItem.objects.with_meeting().get(pk=item.pk)


def test_what_is_taken_back_in_a_meeting_stays_on_its_agenda_closed_and_nobody_votes_on_it(members):
    item = withdrawn_in_the_meeting(members)
    assert (item.is_gone, item.meeting.current_item_id) == (True, item.pk)
    with pytest.raises(Refusal, match=r"item\.gone"):
        voting.vote(item, choice="object", reason="x", by=members[2], at=AT)
    with pytest.raises(Refusal, match=r"item\.gone"):
        between.decide(item, outcome="approve", sentence="", by=members[0], at=AT)


def test_the_minutes_say_that_it_was_taken_back_and_it_is_on_no_agenda_to_come(members):
    item = withdrawn_in_the_meeting(members)
    agenda.carry_over(meetings.end(item.meeting, by=members[0], at=AT), by=members[0], at=AT)
    lines = Minutes.objects.get().entries.get(item=item).text.splitlines()
    assert lines[-1] == "Not decided: withdrawn in the meeting. The vendor has no licence."
    assert AgendaItem.objects.filter(change=item.change).count() == 1


def test_before_the_meeting_it_leaves_the_agenda(members):
    change = a_submitted()
    filing.withdraw(change, by=change.requester, at=AT)
    assert not AgendaItem.objects.filter(change=change).exists()


def test_a_meeting_with_nothing_to_decide_is_held_and_leaves_its_minutes(members):
    meeting = agenda.follow_up(at=AT)
    live = meetings.start(meeting, by=members[0], at=AT)
    assert live.current_item is not None
    kept = minutes.draw_up(meetings.end(live, by=members[0], at=minute(5)), at=minute(5))
    assert [entry.heading for entry in kept.entries.all()] == ["Opening"]
