from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import agenda, attendance, board, meetings, minutes, voting
from changes.actions.conditions import Wanted
from changes.models import AgendaItem, Choice, Meeting, MinuteEntry, Minutes, Outcome
from tests.factories.board import a_board, all_approve, in_session
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db
END = datetime(2026, 11, 19, 17, tzinfo=UTC)


@pytest.fixture
def members():
    return a_board()


def ended(item, by):
    meeting = meetings.end(item.meeting, by=by, at=END)
    agenda.carry_over(meeting, by=by, at=END)
    return Minutes.objects.get(meeting=meeting)


@pytest.fixture
def kept(members):
    return ended(in_session(a_submitted(), by=members[0], at=AT), members[0])


def the_next(by):
    meeting = Meeting.objects.filter(state="planned").earliest("starts_at")
    return meetings.start(meeting, by=by, at=meeting.starts_at)


def a_full_meeting(members):
    """Asked, answered, verified, noted, voted on with an objection and a condition; one excused, one away."""
    chair, asker, objector, excused, away, _ = members
    change = a_submitted()
    item = in_session(change, by=chair, at=AT)
    attendance.excuse(item.meeting, reason="On leave", by=excused, at=AT)
    question = board.ask(change, text="Could it interrupt VPN?", by=asker, at=AT)
    board.answer(question, text="For 30 s at worst.", by=change.requester, at=AT)
    board.verify(question, by=objector, at=AT)
    board.note(item, text="Sales moved two demos.", by=asker, at=AT)
    all_approve(item, [each for each in members if each not in (objector, excused, away)], at=AT)
    voting.vote(item, choice=Choice.OBJECT, reason="Test it twice", by=objector, at=AT)
    wanted = [Wanted("Keep a gateway warm", asker, AT + timedelta(days=8))]
    board.decide(
        item,
        outcome=Outcome.WITH_CONDITIONS,
        sentence="Goes once it is warm.",
        conditions=wanted,
        by=chair,
        at=AT,
    )
    return item, change


def test_the_minutes_of_a_full_meeting_say_line_by_line_what_happened(members):
    item, change = a_full_meeting(members)
    opening, decided = (entry.text.splitlines() for entry in ended(item, members[0]).entries.all())
    chair, asker, objector, excused, away, last = members
    answered = f"Answered by {change.requester}: For 30 s at worst."
    assert opening == [
        f"Led by {chair}.",
        f"Present: {chair} (chair); {asker}; {last}; {objector}",
        f"Apologies: {excused}: On leave",
        f"Away: {away}",
        "4 of 6 members of 4 groups: quorum (3 members of 3 groups are needed).",
    ]
    assert decided == [
        f"Asked by {asker}: Could it interrupt VPN? {answered} Verified by {objector}.",
        f"Sales moved two demos. ({asker})",
        f"Approve, 3: {chair}; {asker}; {last}",
        f"Object, 1: {objector}: “Test it twice”",
        f"Decision: approve with conditions. Goes once it is warm. Recorded by {chair}.",
        f"Condition: Keep a gateway warm. {asker}, by Wed 25 Nov 2026, 10:00 CST.",
    ]


def test_what_was_not_decided_is_said_to_go_on_the_next_agenda(kept):
    entry = kept.entries.get(position=1)
    assert entry.text == "Not decided: it goes on the next agenda."


def test_minutes_are_drawn_up_once_and_a_correction_survives_a_second_time(kept, members):
    entry = kept.entries.get(position=1)
    minutes.correct(entry, text="Put off: the plan was not ready.", by=members[0], at=END)
    minutes.draw_up(kept.meeting, at=END)
    assert [each.text for each in MinuteEntry.objects.filter(position=1)] == [
        "Put off: the plan was not ready."
    ]


def test_a_correction_keeps_what_stood_there_before_and_the_same_text_is_none(kept, members):
    entry = kept.entries.get(position=1)
    for _ in range(2):
        minutes.correct(entry, text="Put off.", by=members[0], at=END)
    event = Event.objects.get(act="minutes.corrected")
    assert event.facts["changes"] == {entry.heading: [entry.text, "Put off."]}


def test_an_entry_that_says_nothing_is_refused(kept, members):
    with pytest.raises(Refusal, match=r"minutes\.empty_entry"):
        minutes.correct(kept.entries.get(position=1), text=" \n ", by=members[0], at=END)


def test_the_next_agenda_has_an_item_for_minutes_that_wait_and_the_one_after_has_none(kept, members):
    following = the_next(members[0])
    minutes.approve(kept, by=members[0], at=following.starts_at)
    later = Meeting.objects.filter(state="planned").earliest("starts_at")
    agenda.build(later, at=following.starts_at)
    kinds = [AgendaItem.objects.filter(meeting=each, kind="minutes").count() for each in (following, later)]
    assert kinds == [1, 0]


def test_minutes_are_approved_by_a_later_meeting_in_session_and_by_nothing_else(kept, members):
    with pytest.raises(Refusal, match=r"minutes\.need_a_meeting"):
        minutes.approve(kept, by=members[0], at=END)
    following = the_next(members[0])
    done = minutes.approve(kept, by=members[0], at=following.starts_at)
    again = minutes.approve(kept, by=members[1], at=following.ends_at)
    assert (done.approved_in, again.approved_by, again.approved_at) == (
        following,
        members[0],
        following.starts_at,
    )


def test_the_database_refuses_every_change_of_approved_minutes(kept, members):
    minutes.approve(kept, by=members[0], at=the_next(members[0]).starts_at)
    entries = MinuteEntry.objects.filter(minutes=kept)
    for change in (
        lambda: entries.update(text="Something else"),
        lambda: entries.delete(),
        lambda: MinuteEntry.objects.create(minutes=kept, position=9, heading="More", text="More"),
        lambda: Minutes.objects.filter(pk=kept.pk).update(
            approved_at=None, approved_by=None, approved_in=None
        ),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


def test_a_correction_after_the_approval_is_refused(kept, members):
    minutes.approve(kept, by=members[0], at=the_next(members[0]).starts_at)
    with pytest.raises(Refusal) as refusal:
        minutes.correct(kept.entries.first(), text="x", by=members[0], at=END)
    assert (str(refusal.value), refusal.value.conflict) == ("minutes.are_approved", True)


def test_minutes_of_a_meeting_in_session_are_not_drawn_up(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    with pytest.raises(Refusal, match=r"minutes\.not_over"):
        minutes.draw_up(item.meeting, at=AT)


def asked_and_answered(change, members, text, *, at):
    question = board.ask(change, text=text, by=members[1], at=at)
    return board.answer(question, text="Yes.", by=members[2], at=at)


def test_what_was_asked_before_the_last_meeting_of_the_change_is_counted_and_not_said_again(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    first = [asked_and_answered(item.change, members, text, at=AT) for text in ("One?", "Two?", "Three?")]
    before = ended(item, members[0]).entries.get(position=1).text
    following = the_next(members[0])
    at = following.starts_at
    asked_and_answered(item.change, members, "Four?", at=at)
    board.answer(first[0], text="Better so.", by=members[3], at=at)
    meetings.end(following, by=members[0], at=following.ends_at)
    text = minutes.draw_up(following, at=following.ends_at).entries.get(position=1).text
    said = f"Asked by {members[1]}: %s? Answered by {members[3]}: Better so."
    assert (before.count("Asked by"), "earlier" in before) == (3, False)
    assert text.splitlines()[:2] == ["2 earlier questions.", said % "One"]
    assert text.count("Asked by") == 2


def test_the_first_minutes_of_a_change_say_every_question_also_of_before_the_meeting(members):
    change = a_submitted()
    asked_and_answered(change, members, "One?", at=AT - timedelta(days=2))
    text = ended(in_session(change, by=members[0], at=AT), members[0]).entries.get(position=1).text
    assert (text.count("Asked by"), "earlier" in text) == (1, False)
