"""The chair arranges the agenda: safe against another order meanwhile, in the history."""

import pytest

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changeboard.refusal import Refusal
from changes.actions import agenda, meetings, reordering
from changes.models import Meeting
from tests.factories.board import a_board, item_of
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    members = a_board()
    items = [item_of(a_submitted()) for _ in range(3)]
    return members[0], items[0].meeting


def move(meeting, place, to, *, by, seen=None):
    order = reordering.in_order(meeting)
    item = meeting.items.get(pk=order[place - 1])
    return reordering.move(item, to=to, seen=seen or order, by=by, at=AT)


def test_an_item_moves_to_its_place_and_the_history_says_so(board):
    chair, meeting = board
    first, second, third = reordering.in_order(meeting)
    move(meeting, 3, 1, by=chair)
    event = Event.objects.get(act="meeting.item_moved")
    assert reordering.in_order(meeting) == [third, first, second]
    assert sentence(event).startswith("Moved on the agenda from 3 to 1: CHG-")


def test_what_was_arranged_stays_when_something_is_put_on_the_agenda(board):
    chair, meeting = board
    move(meeting, 3, 1, by=chair)
    order = reordering.in_order(meeting)
    new = item_of(a_submitted())
    assert reordering.in_order(meeting) == [*order, new.pk]


def test_an_order_that_is_another_meanwhile_is_a_conflict_and_nothing_moves(board):
    chair, meeting = board
    seen = reordering.in_order(meeting)
    move(meeting, 1, 2, by=chair)
    with pytest.raises(Refusal) as refusal:
        move(meeting, 1, 3, by=chair, seen=seen)
    assert (refusal.value.conflict, refusal.value.reasons[0].code) == (True, "agenda.moved_meanwhile")
    assert Event.objects.filter(act="meeting.item_moved").count() == 1


def test_to_its_own_place_nothing_happens(board):
    chair, meeting = board
    move(meeting, 1, 0, by=chair)
    assert (
        Meeting.objects.get(pk=meeting.pk).by_hand,
        Event.objects.filter(act="meeting.item_moved").count(),
    ) == (
        [],
        0,
    )


def test_the_usual_order_comes_back_once(board):
    chair, meeting = board
    usual = reordering.in_order(meeting)
    move(meeting, 3, 1, by=chair)
    for _ in range(2):
        reordering.usual_order(meeting, by=chair, at=AT)
    assert (reordering.in_order(meeting), Event.objects.filter(act="meeting.usual_order").count()) == (
        usual,
        1,
    )


def test_the_agenda_of_a_meeting_that_is_over_stays(board):
    chair, meeting = board
    meetings.start(meeting, by=chair, at=AT)
    meetings.end(meeting, by=chair, at=AT)
    with pytest.raises(Refusal) as refusal:
        reordering.usual_order(meeting, by=chair, at=AT)
    assert refusal.value.reasons[0].code == "agenda.is_closed"


def test_everybodys_screen_learns_of_the_new_order(board):
    chair, meeting = board
    before = Meeting.objects.get(pk=meeting.pk).version
    move(meeting, 3, 1, by=chair)
    assert Meeting.objects.get(pk=meeting.pk).version > before
    assert [item.position for item in agenda.build(meeting, at=AT)] == list(range(1, 8))
