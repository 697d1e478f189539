"""The order of an agenda: the usual one, and the one that the chair arranged."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from changes.domain.agenda_order import Candidate, arranged, moved, ordered

START = datetime(2026, 12, 1, 17, tzinfo=UTC)
ids = st.lists(st.integers(1, 9), unique=True)


def candidate(number, *, emergency=False, short=False, days=None):
    starts_at = None if days is None else START + timedelta(days=days)
    return Candidate(number, number, short, emergency, starts_at)


def test_emergencies_come_first_then_short_notice_then_by_window_and_without_a_window_last():
    rows = [candidate(1), candidate(2, days=9), candidate(3, days=2), candidate(4, short=True, days=5)]
    rows.append(candidate(5, emergency=True))
    assert [row.number for row in ordered(rows)] == [5, 4, 3, 2, 1]


def test_what_the_chair_arranged_stays_and_a_new_emergency_comes_first_all_the_same():
    assert arranged([9, 1, 2, 3], [3, 1, 2]) == [9, 3, 1, 2]


def test_what_came_last_by_the_usual_order_comes_last():
    assert arranged([1, 2, 3, 4], [3, 1, 2]) == [3, 1, 2, 4]


def test_what_left_the_agenda_is_no_gap():
    assert arranged([1, 3], [3, 2, 1]) == [3, 1]


@given(ids, ids)
def test_every_item_stands_on_the_agenda_once_and_those_by_hand_in_their_order(usual, by_hand):
    found = arranged(usual, by_hand)
    assert sorted(found) == sorted(usual)
    assert [each for each in found if each in by_hand] == [each for each in by_hand if each in usual]


def test_without_a_hand_it_is_the_usual_order():
    assert arranged([2, 1, 3], []) == [2, 1, 3]


def test_an_item_moved_stands_where_it_was_put_and_never_beyond_the_ends():
    places = (1, 2, 3, 0, 99)
    found = [moved([1, 2, 3], 2, to) for to in places]
    assert found == [[2, 1, 3], [1, 2, 3], [1, 3, 2], [2, 1, 3], [1, 3, 2]]
