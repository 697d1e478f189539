from datetime import date

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import attendance, meetings
from changes.models import Attendance, Membership, Substitute
from changes.queries.attendance import roll
from tests.factories.board import a_board, in_session, item_of
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def planned(members):
    return item_of(a_submitted()).meeting


@pytest.fixture
def meeting(members):
    return in_session(a_submitted(), by=members[0], at=AT).meeting


def state_of(meeting, person):
    return next(each.state for each in roll(meeting).seen if each.person == person)


def test_opening_the_page_of_a_meeting_in_session_makes_a_member_present_once(meeting, members):
    for _ in range(2):
        meetings.join(meeting, by=members[1], at=AT)
    assert (state_of(meeting, members[1]), Event.objects.filter(act="meeting.attended").count()) == (
        "present",
        2,
    )


def test_who_has_no_seat_only_reads_and_a_substitute_is_present(meeting, members):
    reader, substitute = PersonFactory(), PersonFactory()
    Substitute.objects.create(
        member=members[2], person=substitute, from_on=date(2026, 11, 1), until_on=date(2026, 11, 30)
    )
    for person in (reader, substitute):
        meetings.join(meeting, by=person, at=AT)
    assert [each.person for each in roll(meeting).seen if not each.role] == [substitute]


def test_a_planned_meeting_has_nobody_present(planned, members):
    meetings.join(planned, by=members[1], at=AT)
    assert Attendance.objects.count() == 0


def test_apologies_stand_on_the_roll_with_their_reason_until_they_are_taken_back(planned, members):
    attendance.excuse(planned, reason="On leave", by=members[1], at=AT)
    assert [(each.person, each.reason) for each in roll(planned).excused] == [(members[1], "On leave")]
    attendance.come_after_all(planned, by=members[1], at=AT)
    assert roll(planned).excused == []


def test_whoever_sent_apologies_and_comes_is_present(meeting, members):
    attendance.excuse(meeting, reason="Late train", by=members[1], at=AT)
    meetings.join(meeting, by=members[1], at=AT)
    assert [(each.state, each.reason) for each in roll(meeting).seen if each.person == members[1]] == [
        ("present", "")
    ]


def test_apologies_are_refused_without_a_seat_and_after_the_meeting(meeting, members):
    with pytest.raises(Refusal, match=r"attendance\.no_seat"):
        attendance.excuse(meeting, reason="", by=PersonFactory(), at=AT)
    meetings.end(meeting, by=members[0], at=AT)
    with pytest.raises(Refusal, match=r"meeting\.is_over"):
        attendance.excuse(meeting, reason="", by=members[1], at=AT)


def test_the_chair_notes_who_is_there_who_is_excused_and_who_is_not(meeting, members):
    states = []
    for state in ("present", "present", "excused", "away"):
        attendance.tick(meeting, members[1], state=state, by=members[0], at=AT)
        states.append(state_of(meeting, members[1]))
    noted = Event.objects.filter(act="meeting.attendance_noted").count()
    assert (states, noted) == (["present", "present", "excused", ""], 3)


def test_nobody_is_ticked_before_the_meeting_nor_without_a_seat(planned, members):
    with pytest.raises(Refusal, match=r"meeting\.is_not_live"):
        attendance.tick(planned, members[1], state="present", by=members[0], at=AT)
    meetings.start(planned, by=members[0], at=AT)
    with pytest.raises(Refusal, match=r"attendance\.no_seat"):
        attendance.tick(planned, PersonFactory(), state="present", by=members[0], at=AT)


def test_a_tick_counts_for_the_quorum(meeting, members):
    for person in members[1:3]:
        attendance.tick(meeting, person, state="present", by=members[0], at=AT)
    assert len(roll(meeting).present) == 3


def test_a_deputy_leads_and_decides_by_seat_and_no_longer_when_the_seat_ends(members):
    item = item_of(a_submitted())
    seat = Membership.objects.get(person=members[3])
    rights = []
    for role, until in (("member", None), ("deputy", None), ("deputy", date(2026, 11, 1))):
        Membership.objects.filter(pk=seat.pk).update(role=role, until_on=until)
        rights.append([members[3].has_perm(f"changes.{act}", item) for act in ("lead_meeting", "decide")])
    assert rights == [[False, False], [True, True], [False, False]]


def test_a_deputy_does_not_decide_on_their_own_change(members):
    Membership.objects.filter(person=members[3]).update(role="deputy")
    item = item_of(a_submitted(by=members[3]))
    assert members[3].has_perm("changes.decide", item) is False
