"""Approved minutes reach the members by mail: once, whole, over a real connection."""

from datetime import timedelta

import pytest

from changes.actions import agenda, meetings, minutes
from changes.models import Meeting, Minutes
from notifications.actions import inviting
from notifications.models import Invitation
from tests.factories.board import a_board, in_session
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(mailbox):
    return a_board()


@pytest.fixture
def kept(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    agenda.carry_over(meetings.end(item.meeting, by=members[0], at=AT), by=members[0], at=AT)
    return Minutes.objects.get()


@pytest.fixture
def approved(kept, members):
    following = Meeting.objects.filter(state="planned").earliest("starts_at")
    meetings.start(following, by=members[0], at=AT)
    return minutes.approve(kept, by=members[0], at=AT)


def minutes_to(mailbox, person):
    return [mail for mail in mailbox.to(person.email) if "minutes" in mail["Subject"]]


def test_each_member_gets_approved_minutes_once_and_every_line_of_them(approved, members, mailbox):
    for hours in range(3):
        inviting.tell(now=AT + timedelta(hours=hours))
    for person in members:
        (mail,) = minutes_to(mailbox, person)
        text = mail.get_body().get_content().replace("\r\n", "\n")
        (file,) = mail.iter_attachments()
        assert (file.get_filename(), file.get_content()[:5]) == ("minutes-2026-11-19.pdf", b"%PDF-")
        assert [entry.heading in text and entry.text in text for entry in approved.entries.all()] == [
            True
        ] * 2
    assert mail["Subject"] == "Change board: minutes of Thu 19 Nov 2026"


def test_minutes_that_nobody_approved_are_mailed_to_nobody(kept, members, mailbox):
    inviting.tell(now=AT)
    assert minutes_to(mailbox, members[0]) == []


def test_minutes_are_tried_again_after_a_full_mailbox(approved, members, mailbox):
    mailbox.refusals[members[1].email] = ["452 4.2.2 mailbox full"] * 99
    inviting.tell(now=AT)
    mailbox.refusals.clear()
    inviting.tell(now=AT + timedelta(hours=1))
    row = Invitation.objects.get(person=members[1], method="minutes")
    assert (row.state, row.tries, len(minutes_to(mailbox, members[1]))) == ("accepted", 2, 1)
