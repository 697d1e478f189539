"""Chair and deputy arrange the agenda at one moment, on a real PostgreSQL, in two connections."""

import pytest

from changes.actions import reordering
from changes.models import Meeting
from tests.changes.actions.test_filing_at_once import at_once
from tests.factories.board import a_board, item_of
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_moves_at_once_one_is_done_and_the_other_is_told():
    chair = a_board()[0]
    items = [item_of(a_submitted()) for _ in range(3)]
    order = reordering.in_order(items[0].meeting)
    last, middle = items[2], items[1]
    done = at_once(
        lambda: reordering.move(last, to=1, seen=order, by=chair, at=AT).pk and "",
        lambda: reordering.move(middle, to=1, seen=order, by=chair, at=AT).pk and "",
    )
    assert sorted(done) == ["", "agenda.moved_meanwhile"]
    assert sorted(Meeting.objects.get(pk=last.meeting_id).by_hand) == sorted(order)
