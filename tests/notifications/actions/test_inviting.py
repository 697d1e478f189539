"""Invitations as a member's calendar gets them: over a real connection, read back by icalendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from changes.actions import meetings, rescheduling
from changes.models import Meeting, Membership, Substitute
from notifications.actions import inviting, ticking
from notifications.models import Invitation
from tests.factories.board import a_board
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 17, 16, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def chair(mailbox):
    return a_board()[0]


@pytest.fixture
def first(chair):
    meetings.ensure_meetings(now=AT)
    return Meeting.objects.earliest("starts_at")


def entries(mailbox, person, meeting):
    """(METHOD, SEQUENCE, STATUS, start) of each mail about one meeting that a person got, oldest first."""
    found = []
    for mail in mailbox.to(person.email):
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        event = calendar.walk("VEVENT")[0]
        assert part.get_param("method") == calendar["METHOD"]
        if event["UID"].startswith(f"board-{meeting.pk}@"):
            found.append((calendar["METHOD"], event["SEQUENCE"], event["STATUS"], event["DTSTART"].dt))
    return found


def sat(meeting):
    return meeting.starts_at


def test_each_member_gets_one_invitation_a_meeting_and_a_second_tick_sends_none(chair, first, mailbox):
    for minutes in range(3):
        ticking.tick(now=AT + timedelta(minutes=minutes))
    assert len(mailbox.mails) == Meeting.objects.count() * 6
    assert entries(mailbox, chair, first) == [("REQUEST", 0, "CONFIRMED", sat(first))]


def test_a_move_updates_the_same_entry_under_a_higher_sequence(chair, first, mailbox):
    inviting.tell(now=AT)
    moved = rescheduling.move(
        first, on=date(2026, 11, 20), start_time=time(9), reason="Away", by=chair, at=AT
    )
    inviting.tell(now=LATER)
    assert [each[:2] for each in entries(mailbox, chair, first)] == [("REQUEST", 0), ("REQUEST", 1)]
    assert entries(mailbox, chair, first)[-1][3] == sat(moved)


def test_a_cancellation_takes_the_entry_out_and_holding_it_after_all_puts_it_back(chair, first, mailbox):
    inviting.tell(now=AT)
    rescheduling.cancel(first, reason="Storm", by=chair, at=AT)
    inviting.tell(now=LATER)
    rescheduling.hold(first, by=chair, at=LATER)
    inviting.tell(now=LATER)
    assert [each[:3] for each in entries(mailbox, chair, first)] == [
        ("REQUEST", 0, "CONFIRMED"), ("CANCEL", 1, "CANCELLED"), ("REQUEST", 2, "CONFIRMED"),
    ]  # fmt: skip


def test_who_joins_later_is_invited_and_who_leaves_gets_a_cancellation(chair, first, mailbox):
    inviting.tell(now=AT)
    new, leaver = PersonFactory(), Membership.objects.exclude(person=chair).first().person
    Membership.objects.create(person=new, since_on=date(2026, 11, 1))
    Membership.objects.filter(person=leaver).update(until_on=date(2026, 11, 18))
    inviting.tell(now=LATER)
    assert [each[:2] for each in entries(mailbox, new, first)] == [("REQUEST", 0)]
    assert [each[:2] for each in entries(mailbox, leaver, first)] == [("REQUEST", 0), ("CANCEL", 1)]
    assert len(entries(mailbox, chair, first)) == 1


def test_two_moves_before_anybody_was_told_make_one_invitation(chair, first, mailbox):
    for day in (20, 23):
        rescheduling.move(first, on=date(2026, 11, day), start_time=time(9), reason="Away", by=chair, at=AT)
        inviting.plan(now=AT)
    inviting.send_due(now=AT)
    assert [each[:2] for each in entries(mailbox, chair, first)] == [("REQUEST", 2)]


def test_a_meeting_cancelled_before_anybody_was_told_of_it_is_told_to_nobody(chair, first, mailbox):
    inviting.plan(now=AT)
    rescheduling.cancel(first, reason="Storm", by=chair, at=AT)
    inviting.tell(now=AT)
    assert entries(mailbox, chair, first) == []


def test_a_full_mailbox_is_tried_again_with_the_same_name_date_and_sequence(chair, first, mailbox):
    Meeting.objects.exclude(pk=first.pk).update(state="ended")
    mailbox.refusals[chair.email] = ["452 4.2.2 mailbox full"]
    inviting.tell(now=AT)
    row = Invitation.objects.get(person=chair, meeting=first)
    inviting.tell(now=LATER)
    again = Invitation.objects.get(person=chair, meeting=first)
    assert (row.state, again.state, row.message_id) == ("planned", "accepted", again.message_id)
    assert mailbox.to(chair.email)[0]["Message-ID"] == again.message_id


def test_an_address_that_does_not_exist_fails_once_and_is_not_tried_for_ever(chair, first, mailbox):
    Meeting.objects.exclude(pk=first.pk).update(state="ended")
    mailbox.refusals[chair.email] = ["550 5.1.1 no such user"] * 9
    for hours in range(3):
        inviting.tell(now=AT + timedelta(hours=hours))
    rows = Invitation.objects.filter(person=chair, meeting=first)
    assert [(row.state, row.tries) for row in rows] == [("failed", 1)]


def test_what_a_sender_that_died_left_behind_is_sent_by_the_next_tick(chair, first, mailbox):
    inviting.plan(now=AT)
    row = Invitation.objects.filter(person=chair, meeting=first)
    row.update(state="sending", lease_until=AT + timedelta(seconds=150), tries=1)
    inviting.send_due(now=AT)
    assert entries(mailbox, chair, first) == []
    inviting.send_due(now=AT + timedelta(seconds=200))
    assert len(entries(mailbox, chair, first)) == 1


def test_the_mail_names_the_time_on_the_readers_own_clock_and_takes_their_time(chair, first, mailbox):
    member = PersonFactory(time_zone="Europe/Berlin")
    Membership.objects.create(person=member, since_on=date(2026, 1, 1))
    inviting.tell(now=AT)
    mail = mailbox.to(member.email)[0]
    assert (mail["Subject"], "17:00–18:00 CET" in mail.get_body(("plain",)).get_content()) == (
        "Change board, Thu 19 Nov 2026",
        True,
    )


def test_a_round_with_nothing_new_asks_a_fixed_number_of_queries(
    chair, first, django_assert_num_queries, mailbox
):
    inviting.tell(now=AT)
    with django_assert_num_queries(11):
        inviting.tell(now=LATER)


def test_without_a_board_nothing_is_made(mailbox, db):
    assert (inviting.plan(now=AT), Meeting.objects.count()) == (0, 0)


def test_a_substitute_is_invited_to_the_meetings_of_the_period_and_told_for_whom(chair, first, mailbox):
    person, member = PersonFactory(), Membership.objects.exclude(person=chair).first().person
    row = Substitute.objects.create(member=member, person=person, from_on=first.on, until_on=first.on)
    inviting.tell(now=AT)
    (mail,) = mailbox.to(person.email)
    assert f"You sit in for {member}." in mail.get_body().get_content()
    row.delete()
    inviting.tell(now=LATER)
    assert [each[0] for each in entries(mailbox, person, first)] == ["REQUEST", "CANCEL"]
