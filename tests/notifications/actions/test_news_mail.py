"""News by mail: once, in a thread, with what happened meanwhile left out."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from changeboard import clock
from changeboard.people.models import MailChoice
from changes.actions import board, talking
from changes.actions import news as marks
from notifications.actions import news_mail
from notifications.models import NewsMail, NewsMailState
from notifications.queries.news_mail import unsubscribe_path
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=3)
# Seven in Chicago on the day after.
MORNING = datetime(2026, 11, 18, 13, tzinfo=UTC)


@pytest.fixture
def nora():
    return PersonFactory(mail_since=AT - timedelta(days=1))


@pytest.fixture
def daily():
    return PersonFactory(mail=MailChoice.DAILY, mail_since=AT - timedelta(days=1))


def say(change, text="Words", at=AT):
    return talking.say(change, text, by=PersonFactory(mail=MailChoice.NONE), at=at)


def plain(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_five_words_in_a_row_are_one_mail_that_says_what_happened(nora, mailbox):
    change = a_submitted(by=nora)
    for second in range(5):
        say(change, at=AT + timedelta(seconds=second))
    board.ask(change, text="How long?", by=PersonFactory(first_name="Max", last_name="Ask"), at=AT)
    news_mail.tell(now=AT + timedelta(minutes=1))
    assert mailbox.to(nora.email) == []
    news_mail.tell(now=LATER)
    (mail,) = mailbox.to(nora.email)
    assert "- Asked: How long?\n  M. Ask, Tue, Nov 17, 2026, 10:00 AM CST" in plain(mail)
    assert plain(mail).count("Wrote in the discussion") == 5
    assert change.get_absolute_url() in mail.get_body(("html",)).get_content()


def test_times_are_those_of_the_reader(nora, mailbox):
    nora.time_zone = "Asia/Kathmandu"
    nora.save()
    say(a_submitted(by=nora))
    news_mail.tell(now=LATER)
    assert "9:45 PM UTC+05:45" in plain(mailbox.to(nora.email)[0])


def test_a_second_round_sends_nothing_again(nora, mailbox):
    say(a_submitted(by=nora))
    assert [news_mail.tell(now=LATER + timedelta(minutes=ago)) for ago in range(3)] == [1, 0, 0]


def test_one_change_is_one_thread_and_no_program_answers_it(nora, mailbox):
    change = a_submitted(by=nora)
    for hour in range(2):
        say(change, at=AT + timedelta(hours=hour))
        news_mail.tell(now=LATER + timedelta(hours=hour))
    first, second = mailbox.to(nora.email)
    assert second["References"] == f"{first['References']} {first['Message-ID']}"
    assert (first["Subject"], first["Auto-Submitted"]) == (second["Subject"], "auto-generated")
    assert (first["List-Id"] is not None, first["List-Unsubscribe-Post"]) == (
        True,
        "List-Unsubscribe=One-Click",
    )


def test_nobody_is_mailed_what_they_did_themselves(nora, mailbox):
    talking.say(a_submitted(by=nora), "Mine", by=nora, at=AT)
    assert news_mail.tell(now=LATER) == 0


@pytest.mark.parametrize("left", [{"is_active": False}, {"mail": MailChoice.NONE}])
def test_whoever_left_or_wants_none_gets_none_even_of_what_was_planned(nora, mailbox, left):
    say(a_submitted(by=nora))
    news_mail.plan(nora.pk, now=LATER)
    type(nora).objects.filter(pk=nora.pk).update(**left)
    assert (news_mail.tell(now=LATER), mailbox.to(nora.email)) == (0, [])
    assert NewsMail.objects.get().state == NewsMailState.SKIPPED


def test_after_an_outage_one_mail_tells_of_all_changes(nora, mailbox):
    for change in (a_submitted(by=nora), a_submitted(by=nora), a_submitted(by=nora)):
        say(change)
    assert news_mail.tell(now=AT + timedelta(days=2)) == 1
    assert mailbox.subjects(nora.email)[0].startswith("News of CHG-")


def test_a_digest_comes_once_in_the_morning_grouped_by_change(daily, mailbox):
    one, other = a_submitted(by=daily), a_submitted(by=daily)
    for change in (one, other, one):
        say(change)
    told = [news_mail.tell(now=MORNING + timedelta(minutes=m)) for m in (-1, 0, 1, 600)]
    (mail,) = mailbox.to(daily.email)
    assert (told, mail["Subject"]) == ([0, 1, 0, 0], f"Today’s news of {one.reference}, {other.reference}")
    assert plain(mail).count(f"{one.reference} {one.title}") == 1


def test_what_comes_after_the_hour_waits_for_the_next_day(daily, mailbox):
    change = a_submitted(by=daily)
    say(change, at=MORNING + timedelta(minutes=5))
    told = [news_mail.tell(now=MORNING + timedelta(hours=hours)) for hours in (1, 23, 24)]
    assert told == [0, 0, 1]


def test_whoever_read_all_of_it_in_the_app_gets_no_digest(daily, mailbox):
    change = a_submitted(by=daily)
    say(change)
    marks.read([change.pk], by=daily, up_to=10**9)
    assert (news_mail.tell(now=MORNING), NewsMail.objects.count()) == (0, 0)


def test_a_long_question_is_cut_short(nora, mailbox):
    board.ask(a_submitted(by=nora), text="Why " * 200, by=PersonFactory(), at=AT)
    news_mail.tell(now=LATER)
    assert max(map(len, plain(mailbox.to(nora.email)[0]).splitlines())) < 180


def test_a_server_that_says_later_is_asked_again_with_the_same_name_and_date(nora, mailbox):
    say(a_submitted(by=nora))
    mailbox.refusals[nora.email] = ["451 4.3.0 Later"]
    assert news_mail.tell(now=LATER) == 0
    row = NewsMail.objects.get()
    assert news_mail.tell(now=LATER + timedelta(minutes=30)) == 1
    (mail,) = mailbox.to(nora.email)
    assert mail["Message-ID"].startswith(f"<news.p{nora.pk}.m{row.pk}@")
    assert mail["Date"].datetime == row.made_at


def test_a_mail_whose_sender_died_is_sent_when_its_lease_ends(nora, mailbox):
    say(a_submitted(by=nora))
    news_mail.plan(nora.pk, now=LATER)
    news_mail.claim(owner="dead", now=LATER)
    soon, late = LATER + timedelta(seconds=60), LATER + timedelta(seconds=151)
    assert [news_mail.tell(now=at) for at in (soon, late)] == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_the_same_time_send_one_mail(nora, mailbox):
    say(a_submitted(by=nora))
    together = Barrier(2)

    def run():
        together.wait()
        try:
            news_mail.tell(now=LATER)
        finally:
            connection.close()

    rounds = [Thread(target=run) for _ in range(2)]
    for thread in rounds:
        thread.start()
    for thread in rounds:
        thread.join()
    assert (len(mailbox.to(nora.email)), NewsMail.objects.count()) == (1, 1)


def test_the_road_without_celery_carries_the_news(nora, mailbox, capsys):
    now = clock.now()
    type(nora).objects.update(mail_since=now - timedelta(days=1))
    say(a_submitted(by=nora), at=now - timedelta(minutes=3))
    call_command("send_notices")
    assert (capsys.readouterr().out, len(mailbox.to(nora.email))) == (
        "0 sent, 0 failed, 0 planned, 1 with news\n",
        1,
    )


def test_one_click_stops_the_mails_and_following_the_link_does_not(nora):
    client, path = Client(enforce_csrf_checks=True), unsubscribe_path(nora)
    states = []
    for ask in (client.get, client.post, client.post):
        status = ask(path).status_code
        nora.refresh_from_db()
        states.append((status, nora.mail))
    assert states == [(200, "at_once"), (200, "none"), (200, "none")]


def test_nobody_stops_the_mails_of_another(nora):
    path = unsubscribe_path(nora).replace(f"/{nora.pk}/", f"/{PersonFactory().pk}/")
    assert Client().post(path).status_code == 404
