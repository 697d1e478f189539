import pytest

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changes.actions import agenda, board, interests, meetings, voting
from changes.models import Choice, ConflictOfInterest, Meeting, MinuteEntry, Outcome
from tests.factories.board import a_board, all_approve, in_session, item_of
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def item(members):
    return in_session(a_submitted(), by=members[0], at=AT)


def told(item):
    rows = Event.objects.about(item.change).filter(act__contains="conflict").order_by("id")
    return [sentence(each) for each in rows]


def test_declared_with_its_reason_and_taken_back_it_is_in_the_history(item, members):
    voting.vote(item, choice=Choice.APPROVE, reason="", by=members[1], at=AT)
    for reason in ("My brother sells it", "My brother sells it", "My sister sells it"):
        interests.declare(item, reason=reason, by=members[1], at=AT)
    for _ in range(2):
        interests.take_back(item, by=members[1], at=AT)
    assert told(item) == [
        "Declared a conflict of interest, the vote (approve) is taken out: My brother sells it",
        "Declared a conflict of interest, no vote: My sister sells it",
        "Took back the conflict of interest",
    ]
    assert (ConflictOfInterest.objects.count(), item.votes.count()) == (1, 0)


def test_it_holds_in_the_next_meeting_as_well(item, members):
    interests.declare(item, reason="Shares", by=members[1], at=AT)
    ended = meetings.end(Meeting.objects.get(pk=item.meeting_id), by=members[0], at=AT)
    agenda.carry_over(ended, by=members[0], at=AT)
    following = item.change.agenda_items.get(meeting__state="planned")
    interests.take_back(following, by=members[1], at=AT)
    assert ConflictOfInterest.objects.standing().count() == 0


def test_it_may_be_declared_before_the_meeting(members):
    item = item_of(a_submitted())
    interests.declare(item, reason="Shares", by=members[1], at=AT)
    assert ConflictOfInterest.objects.about(item.change).get().person == members[1]


def test_it_stands_in_the_minutes(item, members):
    interests.declare(item, reason="Shares", by=members[1], at=AT)
    all_approve(item, [members[0], *members[2:]], at=AT)
    board.decide(item, outcome=Outcome.APPROVE, sentence="", by=members[0], at=AT)
    ended = meetings.end(Meeting.objects.get(pk=item.meeting_id), by=members[0], at=AT)
    agenda.carry_over(ended, by=members[0], at=AT)
    text = MinuteEntry.objects.get(item=item).text
    assert f"Conflict of interest, no vote: {members[1]}: “Shares”" in text
