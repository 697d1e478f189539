from datetime import timedelta

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import agenda, meetings, minutes, parking
from changes.models import Meeting, Minutes, ParkedPoint
from tests.factories.board import a_board, in_session, item_of
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def item(members):
    return in_session(a_submitted(), by=members[0], at=AT)


def the_next_of(item, by):
    agenda.carry_over(meetings.end(item.meeting, by=by, at=AT), by=by, at=AT)
    following = Meeting.objects.filter(state="planned").earliest("starts_at")
    return meetings.start(following, by=by, at=following.starts_at)


def test_a_point_comes_back_to_every_meeting_until_one_settles_it(item, members):
    point = parking.park(item, text=" Who pays for the lab? ", by=members[2], at=AT)
    following = the_next_of(item, members[0])
    assert [each.text for each in ParkedPoint.objects.shown_in(following)] == ["Who pays for the lab?"]
    parking.settle(point, outcome="Support does", by=members[0], at=following.starts_at)
    later = Meeting.objects.filter(starts_at__gt=following.starts_at).earliest("starts_at")
    shown = [ParkedPoint.objects.shown_in(each).count() for each in (item.meeting, following, later)]
    assert shown == [1, 1, 0]


def test_the_minutes_say_what_was_put_aside_and_the_next_ones_what_became_of_it(item, members):
    kept = parking.park(item, text="Who pays?", by=members[2], at=AT)
    parking.park(item, text="A bigger room", by=members[3], at=AT)
    following = the_next_of(item, members[0])
    parking.settle(kept, outcome="Support does", by=members[0], at=AT)
    minutes.draw_up(meetings.end(following, by=members[0], at=AT), at=AT)
    texts = [
        each.entries.get(heading="Parking lot").text.splitlines() for each in Minutes.objects.order_by("pk")
    ]
    on = f"on {item.change.reference}"
    assert texts == [
        [f"Put aside: Who pays? ({members[2]}, {on})", f"Put aside: A bigger room ({members[3]}, {on})"],
        [
            f"Settled: Who pays?. Support does ({members[0]})",
            f"Put aside: A bigger room ({members[3]}, {on}, waiting since Thu 19 Nov 2026)",
        ],
    ]


def test_minutes_without_a_parked_point_say_nothing_of_a_parking_lot(item, members):
    minutes.draw_up(meetings.end(item.meeting, by=members[0], at=AT), at=AT)
    assert not Minutes.objects.get().entries.filter(heading="Parking lot").exists()


def test_settled_twice_it_stays_as_it_was_settled_first(item, members):
    point = parking.park(item, text="Who pays?", by=members[2], at=AT)
    parking.settle(point, outcome="Support", by=members[0], at=AT)
    again = parking.settle(point, outcome="Nobody", by=members[1], at=AT + timedelta(minutes=1))
    assert (again.outcome, again.settled_by) == ("Support", members[0])
    assert Event.objects.filter(act="meeting.point_settled").count() == 1


@pytest.mark.parametrize(("text", "reason"), [(" ", "parked.empty"), ("\n", "parked.empty")])
def test_a_point_without_words_is_refused(item, members, text, reason):
    with pytest.raises(Refusal, match=reason):
        parking.park(item, text=text, by=members[2], at=AT)


def test_outside_a_meeting_nothing_is_put_aside_or_settled(members):
    with pytest.raises(Refusal, match=r"meeting\.is_not_live"):
        parking.park(item_of(a_submitted()), text="Early", by=members[2], at=AT)


def test_a_point_is_not_settled_between_meetings_or_without_words(item, members):
    point = parking.park(item, text="Who pays?", by=members[2], at=AT)
    with pytest.raises(Refusal, match=r"parked\.no_outcome"):
        parking.settle(point, outcome=" ", by=members[0], at=AT)
    meetings.end(item.meeting, by=members[0], at=AT)
    with pytest.raises(Refusal, match=r"parked\.needs_a_meeting"):
        parking.settle(point, outcome="Late", by=members[0], at=AT)
