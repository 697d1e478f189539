"""Subscribers: asked for, confirmed, told of what is public, once each; over a real connection."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from maintenance.actions import running, scheduling
from maintenance.actions.impact import change_impact
from notifications import tasks
from notifications.actions import subscriber_mail, subscribing
from notifications.actions.reconciling import reconcile_window
from notifications.models import Subscriber, SubscriberMail
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "reader@hospital.example"
BEGAN = datetime(2026, 11, 23, 16, tzinfo=UTC)
# 09:00 in Denver, two weeks and a day before Tue 15 Dec 2026, 10:00 in Denver.
TWO_WEEKS, DAY_BEFORE = datetime(2026, 12, 1, 16, tzinfo=UTC), datetime(2026, 12, 14, 16, tzinfo=UTC)
START = datetime(2026, 12, 15, 17, tzinfo=UTC)


@pytest.fixture
def release():
    return PersonFactory(release=True)


def subscribed(*systems, address=ADDRESS, at=BEGAN):
    subscribing.ask(address=address, time_zone="America/Denver", systems=systems, at=at)
    return subscribing.confirm(Subscriber.objects.get(address=address), at=at)


def subjects(mailbox, *at):
    for instant in at:
        subscriber_mail.tell(now=instant)
    return [subject for subject in mailbox.subjects(ADDRESS) if "news" not in subject]


def test_an_address_gets_one_link_and_nothing_else_before_it_confirms(mailbox, window):
    subscribing.ask(address=" Reader@Hospital.example", time_zone="UTC", systems=[], at=BEGAN)
    for at in (BEGAN, BEGAN + timedelta(minutes=1), TWO_WEEKS, DAY_BEFORE):
        subscriber_mail.tell(now=at)
    (mail,) = mailbox.to(ADDRESS)
    assert mail["Subject"] == "Confirm: maintenance news of Example Teleradiology"
    assert (
        "List-Unsubscribe" in mail,
        "/maintenance/subscribe/" in mail.get_body(("plain",)).get_content(),
    ) == (
        False,
        True,
    )


def test_each_milestone_is_told_once_at_nine_on_the_readers_clock(mailbox, window):
    subscribed()
    minute = timedelta(minutes=1)
    assert subjects(mailbox, TWO_WEEKS - minute) == []
    told = "RIS maintenance on Tue, Dec 15, 2026, 10:00 AM MST: up to 15 minutes"
    assert subjects(mailbox, TWO_WEEKS, TWO_WEEKS + minute) == [told]
    assert subjects(mailbox, DAY_BEFORE, DAY_BEFORE + minute) == [told, told]


def test_under_way_and_done_follow_go_time(mailbox, window):
    subscribed()
    window.state, window.started_at = "in_progress", START
    window.save()
    first = subjects(mailbox, START + timedelta(minutes=1))
    window.state, window.finished_at = "completed", START + timedelta(minutes=10)
    window.actual_downtime_seconds = 540
    window.save()
    assert subjects(mailbox, START + timedelta(minutes=11)) == [
        *first,
        "Done: RIS maintenance took 9 minutes",
    ]
    assert first == ["Under way: RIS maintenance, until about 10:15 AM MST"]


def test_a_longer_work_is_told_at_once(mailbox, window, release):
    subscribed()
    window.state, window.started_at = "in_progress", START
    window.save()
    subjects(mailbox, START + timedelta(minutes=1))
    later = START + timedelta(minutes=10)
    running.extend(window, expected_end_at=START + timedelta(minutes=40), by=release, at=later)
    assert subjects(mailbox, later)[-1] == "Longer than planned: RIS maintenance, until about 10:40 AM MST"


def test_a_move_and_a_cancellation_go_to_whoever_was_told_with_the_same_entry(mailbox, window, release):
    subscribed()
    subjects(mailbox, TWO_WEEKS)
    moved = scheduling.move(
        window, on=date(2026, 12, 17), start_time=time(11), reason="Secret", by=release, at=TWO_WEEKS
    )
    subjects(mailbox, TWO_WEEKS + timedelta(minutes=1))
    scheduling.cancel(moved, reason="Secret", by=release, at=TWO_WEEKS + timedelta(hours=1))
    assert subjects(mailbox, TWO_WEEKS + timedelta(hours=1))[1:] == [
        "Moved: RIS maintenance is now Thu, Dec 17, 2026, 10:00 AM MST",
        "Cancelled: no RIS maintenance on Thu, Dec 17, 2026",
    ]
    assert entries(mailbox) == [(0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CANCELLED")]


def entries(mailbox):
    """(SEQUENCE, STATUS) of each calendar entry that came, all of one UID."""
    found = []
    for mail in mailbox.to(ADDRESS):
        for part in mail.iter_attachments():
            (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
            found.append((event["UID"], event["SEQUENCE"], str(event["STATUS"])))
    assert len({uid for uid, _, _ in found}) == 1
    return [entry[1:] for entry in found]


def test_another_length_is_told_and_single_services_are_not_for_everybody(mailbox, window, ris, release):
    subscribed()
    before = DAY_BEFORE - timedelta(hours=2)
    subjects(mailbox, TWO_WEEKS)
    reconcile_window(window.pk, now=TWO_WEEKS)
    change_impact(window, reason="A service", by=release, at=before)
    reconcile_window(window.pk, now=before)
    assert len(subjects(mailbox, DAY_BEFORE - timedelta(hours=1))) == 1
    scheduling.resize(window, length_seconds=900, budget_seconds=600, reason="Quicker", by=release, at=before)
    reconcile_window(window.pk, now=before)
    told = subjects(mailbox, DAY_BEFORE - timedelta(minutes=30))
    assert told[1] == "Changed: RIS maintenance on Tue, Dec 15, 2026, 10:00 AM MST: now up to 10 minutes"


def test_who_was_told_nothing_hears_nothing_of_the_old_date(mailbox, window, release):
    subscribed()
    scheduling.cancel(window, reason="Off", by=release, at=BEGAN)
    assert subjects(mailbox, BEGAN, TWO_WEEKS) == []


def test_who_comes_late_is_told_once_by_the_true_lead_and_never_of_what_is_over(mailbox, window):
    subscribed(at=DAY_BEFORE - timedelta(days=5))
    subjects(mailbox, DAY_BEFORE - timedelta(days=5))
    body = mailbox.to(ADDRESS)[-1].get_body(("plain",)).get_content()
    assert body.startswith("RIS maintenance in 6 days")
    late = START + timedelta(hours=1)
    subscribed(address="late@hospital.example", at=late)
    window.state, window.started_at, window.finished_at = "completed", START, START + timedelta(minutes=9)
    window.save()
    subscriber_mail.tell(now=late + timedelta(minutes=1))
    assert len([s for s in mailbox.subjects("late@hospital.example") if "RIS" in s]) == 0


def test_who_chose_other_systems_is_not_told(mailbox, window):
    from tests.factories.directory import SystemFactory

    subscribed(SystemFactory(code="PACS"))
    assert subjects(mailbox, TWO_WEEKS) == []


def test_who_leaves_is_told_no_more_not_even_what_waits(mailbox, window):
    reader = subscribed()
    mailbox.refusals[ADDRESS] = ["452 4.2.2 mailbox full"]
    subscriber_mail.tell(now=TWO_WEEKS)
    subscribing.leave(reader, at=TWO_WEEKS)
    assert subjects(mailbox, TWO_WEEKS + timedelta(hours=1), DAY_BEFORE) == []


def test_a_full_mailbox_is_tried_again_with_the_same_name_and_date(mailbox, window):
    subscribed()
    SubscriberMail.objects.all().delete()
    mailbox.refusals[ADDRESS] = ["452 4.2.2 mailbox full"]
    subscriber_mail.tell(now=TWO_WEEKS)
    row = SubscriberMail.objects.get()
    assert (row.state, row.tries) == ("planned", 1)
    subscriber_mail.tell(now=TWO_WEEKS + timedelta(hours=1))
    mail, again = mailbox.to(ADDRESS)[0], SubscriberMail.objects.get()
    assert (again.state, mail["Message-ID"]) == (
        "accepted",
        f"<subscriber.s{row.subscriber_id}.m{row.pk}@127.0.0.1>",
    )
    assert mail["Date"] == "Tue, 01 Dec 2026 16:00:00 +0000"


def test_what_a_sender_that_died_left_behind_is_sent_by_a_later_round(mailbox, window):
    subscribed()
    subscriber_mail.plan_window(window.pk, now=TWO_WEEKS)
    SubscriberMail.objects.exclude(window=None).update(
        state="sending", lease_owner="dead", lease_until=TWO_WEEKS + timedelta(seconds=150), tries=1
    )
    assert subjects(mailbox, TWO_WEEKS + timedelta(seconds=100)) == []
    assert len(subjects(mailbox, TWO_WEEKS + timedelta(seconds=200))) == 1


def test_a_mail_lets_its_reader_leave_with_one_click_and_comes_from_a_program(mailbox, window):
    subscribed()
    subjects(mailbox, TWO_WEEKS)
    mail = mailbox.to(ADDRESS)[-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/leave/" in mail["List-Unsubscribe"]
    assert mail["Auto-Submitted"] == "auto-generated"


def test_addresses_that_nobody_confirmed_and_of_who_left_are_forgotten(mailbox):
    subscribing.ask(address="never@hospital.example", time_zone="UTC", systems=[], at=BEGAN)
    subscribing.leave(subscribed(), at=BEGAN)
    kept = subscribed(address="kept@hospital.example")
    subscriber_mail.tell(now=BEGAN + timedelta(days=31))
    assert list(Subscriber.objects.all()) == [kept]


def test_somebody_elses_asking_changes_nothing_of_who_confirmed(mailbox):
    reader = subscribed()
    subscribing.ask(address=ADDRESS, time_zone="UTC", systems=[], at=BEGAN + timedelta(hours=1))
    subscriber_mail.tell(now=BEGAN + timedelta(hours=1))
    reader.refresh_from_db()
    assert (reader.time_zone, reader.confirmed_at) == ("America/Denver", BEGAN)
    assert mailbox.subjects(ADDRESS)[-1] == "You get our maintenance news already"


def test_a_round_asks_as_often_for_many_subscribers_as_for_one(mailbox, window):
    subscribed()
    subscriber_mail.tell(now=BEGAN)
    once = queries_of_a_round()
    for number in range(2):
        subscribed(address=f"reader{number}@hospital.example")
    subscriber_mail.tell(now=BEGAN)
    assert queries_of_a_round() == once < 20


def queries_of_a_round():
    with CaptureQueriesContext(connection) as asked:
        subscriber_mail.tell(now=TWO_WEEKS - timedelta(minutes=1))
    return len(asked)


def test_while_nobody_subscribed_a_round_asks_next_to_nothing(window, django_assert_num_queries):
    with django_assert_num_queries(5):
        subscriber_mail.tell(now=BEGAN)


def test_the_beat_and_the_road_without_it_tell_subscribers(mailbox, window):
    subscribed()
    with time_machine.travel(TWO_WEEKS, tick=False):
        tasks.tell_subscribers()
    with time_machine.travel(DAY_BEFORE, tick=False):
        call_command("send_notices")
    assert len(subjects(mailbox)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_write_and_send_each_mail_once(mailbox, window):
    for number in range(5):
        subscribed(address=f"reader{number}@hospital.example")
    SubscriberMail.objects.all().delete()
    start = Barrier(2)

    def round_() -> None:
        start.wait()
        subscriber_mail.tell(now=TWO_WEEKS)
        connection.close()

    rounds = [Thread(target=round_) for _ in range(2)]
    [each.start() for each in rounds]
    [each.join() for each in rounds]
    subscriber_mail.tell(now=TWO_WEEKS)
    assert sorted(reader for reader, _ in mailbox.mails) == [f"reader{n}@hospital.example" for n in range(5)]
