"""Notices go out once, on time, with the server's own words as their proof."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from changeboard.directory.models import Contact
from maintenance.actions import scheduling
from notifications.actions import claiming, dispatching, reconciling, ticking
from notifications.models import Attempt, Backlog, Delivery
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

# 09:00 in Denver, two weeks and one day before; the window starts at 10:00 there.
TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 12, 14, 16, tzinfo=UTC)
SOON = timedelta(seconds=20)


def only(**wanted) -> Delivery:
    return Delivery.objects.get(**wanted)


def test_a_mailbox_is_told_two_weeks_and_the_day_before_at_nine_of_its_own_clock(desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS - SOON)
    assert mailbox.subjects(desk.address) == []
    ticking.tick(now=TWO_WEEKS + SOON)
    ticking.tick(now=DAY_BEFORE + SOON)
    assert mailbox.subjects(desk.address) == [
        "RIS maintenance on Tue, Dec 15, 2026, 10:00 AM MST: up to 15 minutes",
        "Tomorrow: RIS maintenance, Tue, Dec 15, 10:00 AM MST, up to 15 minutes",
    ]


def test_a_second_tick_sends_nothing_again(desk, window, mailbox):
    for minutes in range(4):
        ticking.tick(now=TWO_WEEKS + timedelta(minutes=minutes))
    assert len(mailbox.mails) == 1


def test_the_servers_answer_is_the_proof(desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS + SOON)
    told = only(milestone="two_weeks")
    assert (told.state, told.server_answer, told.tries) == (
        "accepted",
        "250 2.0.0 Ok: queued as 000001",
        1,
    )
    assert list(told.attempts.values_list("outcome", "answer")) == [("accepted", told.server_answer)]


def test_the_first_mail_that_a_client_is_sent_announces_the_window(desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS + SOON)
    window.refresh_from_db()
    assert (window.state, window.announced_at is not None) == ("announced", True)


def test_a_full_mailbox_is_tried_again_with_the_same_name_and_date(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["452 4.2.2 mailbox full"]
    ticking.tick(now=TWO_WEEKS + SOON)
    first = only(milestone="two_weeks")
    assert (first.state, first.server_answer) == ("planned", "452 4.2.2 mailbox full")
    ticking.tick(now=TWO_WEEKS + timedelta(minutes=5))
    [mail] = mailbox.to(desk.address)
    assert mail["Message-ID"] == first.message_id
    assert mail["Date"].datetime == first.dated_at


def test_an_unknown_address_fails_at_once_and_aloud(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["550 5.1.1 no such user"]
    ticking.tick(now=TWO_WEEKS + SOON)
    told = only(milestone="two_weeks")
    assert (told.state, told.server_answer) == ("failed", "550 5.1.1 no such user")
    assert list(Delivery.objects.unsettled()) == [told]


def test_after_five_tries_it_has_failed(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["452 4.2.2 mailbox full"] * 9
    for minutes in range(0, 200, 20):
        ticking.tick(now=TWO_WEEKS + timedelta(minutes=minutes))
    told = only(milestone="two_weeks")
    assert (told.state, told.tries, told.attempts.count()) == ("failed", 5, 5)


def test_one_reader_who_is_refused_holds_up_nobody_else(desk, juniper, window, mailbox):
    other = ContactFactory(client=juniper, address="manager@juniper.example")
    mailbox.refusals[desk.address] = ["550 5.1.1 no such user"]
    ticking.tick(now=TWO_WEEKS + SOON)
    assert len(mailbox.to(other.address)) == 1


def test_a_dead_mail_server_costs_no_try_and_loses_nothing(desk, window, mailbox, settings):
    settings.EMAIL_PORT = 1
    for minutes in range(3):
        ticking.tick(now=TWO_WEEKS + timedelta(minutes=minutes))
    waiting = only(milestone="two_weeks")
    assert (waiting.state, waiting.tries, waiting.message_id, waiting.attempts.count()) == (
        "planned",
        0,
        "",
        0,
    )
    assert waiting.server_answer.startswith("ConnectionRefusedError")
    settings.EMAIL_PORT = mailbox.port
    ticking.tick(now=TWO_WEEKS + timedelta(minutes=3))
    assert len(mailbox.to(desk.address)) == 1


def test_after_an_outage_of_a_fortnight_a_contact_gets_the_newest_notice_only(desk, window, mailbox):
    ticking.tick(now=DAY_BEFORE + SOON)
    assert [subject[:9] for subject in mailbox.subjects(desk.address)] == ["Tomorrow:"]
    skipped = only(milestone="two_weeks")
    assert (skipped.state, skipped.reason, skipped.folded_into) == ("skipped", "too_late", "day_before")


def test_a_late_notice_says_the_true_lead(desk, window, mailbox):
    ticking.tick(now=datetime(2026, 12, 6, 18, tzinfo=UTC))
    [mail] = mailbox.to(desk.address)
    assert "RIS maintenance in 9 days" in mail.get_body(("plain",)).get_content()


def test_whoever_was_told_is_told_of_the_move_in_the_same_thread(desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS + SOON)
    scheduling.move(
        window, on=date(2026, 12, 16), start_time=time(11), reason="A vendor cannot come", by=PersonFactory(),
        at=TWO_WEEKS + timedelta(days=2),
    )  # fmt: skip
    ticking.tick(now=TWO_WEEKS + timedelta(days=2) + SOON)
    first, moved = mailbox.to(desk.address)
    assert moved["Subject"] == "Moved: RIS maintenance is now Wed, Dec 16, 2026, 10:00 AM MST"
    assert first["Message-ID"] in moved["References"]


def test_whoever_was_told_nothing_hears_nothing_of_the_old_date(desk, window, mailbox):
    at = TWO_WEEKS - timedelta(days=5)
    scheduling.move(
        window,
        on=date(2026, 12, 16),
        start_time=time(11),
        reason="A vendor cannot come",
        by=PersonFactory(),
        at=at,
    )
    ticking.tick(now=at + SOON)
    assert mailbox.mails == []


def test_a_cancelled_window_is_taken_back_before_all_else(desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS + SOON)
    scheduling.cancel(window, reason="Not needed", by=PersonFactory(), at=DAY_BEFORE)
    ticking.tick(now=DAY_BEFORE + SOON)
    assert mailbox.subjects(desk.address)[1:] == ["Cancelled: no RIS maintenance on Tue, Dec 15, 2026"]


def test_a_sender_that_dies_leaves_its_rows_to_the_next(desk, window, mailbox):
    reconciling.reconcile(now=TWO_WEEKS)
    [row] = claiming.claim("email", 10, owner="dead", now=TWO_WEEKS + SOON)
    assert claiming.claim("email", 10, owner="alive", now=TWO_WEEKS + SOON) == []
    ticking.tick(now=TWO_WEEKS + SOON + claiming.lease() + SOON)
    row.refresh_from_db()
    assert (row.state, row.uncertain, len(mailbox.mails)) == ("accepted", False, 1)


def test_whoever_died_after_the_first_byte_leaves_us_uncertain(desk, window, mailbox):
    reconciling.reconcile(now=TWO_WEEKS)
    [row] = claiming.claim("email", 10, owner="dead", now=TWO_WEEKS + SOON)
    Delivery.objects.filter(pk=row.pk).update(begun_at=TWO_WEEKS + SOON)
    ticking.tick(now=TWO_WEEKS + SOON + claiming.lease() + SOON)
    row.refresh_from_db()
    assert (row.state, row.uncertain) == ("accepted", True)


def test_a_backlog_far_above_a_usual_day_waits_for_a_person(desk, juniper, window, mailbox):
    for number in range(601):
        ContactFactory(client=juniper, address=f"reader{number}@juniper.example")
    reconciling.reconcile(now=TWO_WEEKS - SOON)
    sent = dispatching.send_due(now=TWO_WEEKS + timedelta(hours=2))
    assert (sent.stopped, mailbox.mails, Backlog.objects.count()) == (True, [], 1)


def test_a_notice_that_cannot_be_rendered_is_tried_again_and_logged(desk, window, mailbox, monkeypatch):
    monkeypatch.setattr("notifications.channels.email.press.mail", lambda letter: 1 / 0)
    ticking.tick(now=TWO_WEEKS + SOON)
    told = only(milestone="two_weeks")
    assert (told.state, told.tries, told.server_answer) == ("planned", 1, "rendering: division by zero")


def test_every_try_stands_in_the_ledger(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["421 4.3.2 closing", "452 4.2.2 mailbox full"]
    for minutes in (0, 10, 40):
        ticking.tick(now=TWO_WEEKS + timedelta(minutes=minutes) + SOON)
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["temporary", "temporary", "accepted"]


def test_the_address_of_another_way_is_never_given_to_the_old_one(desk, window, mailbox):
    reconciling.reconcile(now=TWO_WEEKS)
    key = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
    Contact.objects.filter(pk=desk.pk).update(channel="chat", address=key)
    dispatching.send_due(now=TWO_WEEKS + SOON)
    row = only(milestone="two_weeks")
    assert (row.state, row.server_answer) == ("failed", "the contact is told by another way now")
    assert (mailbox.mails, list(Delivery.objects.unsettled())) == ([], [row])


def test_whoever_is_told_by_another_way_since_hears_by_that_one_that_it_is_off(desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS + SOON)
    Contact.objects.filter(pk=desk.pk).update(channel="phone", address="+1 303 555 0100")
    at = TWO_WEEKS + timedelta(days=2)
    scheduling.cancel(window, reason="A vendor cannot come", by=PersonFactory(), at=at)
    ticking.tick(now=at + SOON)
    off = only(milestone="cancelled")
    assert (off.channel, off.state, len(mailbox.mails)) == ("phone", "planned", 1)
