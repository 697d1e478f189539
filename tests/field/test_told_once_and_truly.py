"""How others broke the promise to tell people in time, as their users reported it in public; each a rule here.

The names after "seen in" are the public threads that told of it.
"""

from datetime import date, time, timedelta

import pytest

from maintenance.actions import scheduling
from notifications.actions import claiming, reconciling, ticking
from notifications.models import Attempt, Delivery, Seal
from tests.factories.directory import ClientFactory, ContactFactory
from tests.field.conftest import DAY_BEFORE, HOUR, MINUTE, START, TWO_WEEKS

pytestmark = pytest.mark.django_db


def test_a_crash_between_the_decision_and_the_sending_leaves_no_proof_and_loses_nothing(
    desk, window, mailbox, rounds
):
    """A reminder was marked as sent before it was: the crash lost it and left proof that it had gone.
    Seen in OneUptime #2018."""
    reconciling.reconcile(now=TWO_WEEKS)
    [row] = claiming.claim("email", 1, owner="dies here", now=TWO_WEEKS)
    row.refresh_from_db()
    assert (row.accepted_at, Attempt.objects.count(), Seal.objects.count()) == (None, 0, 0)
    rounds(TWO_WEEKS + MINUTE + MINUTE)
    assert len(mailbox.to(desk.address)) == 1


def test_a_moved_window_sends_no_reminder_of_its_old_day(desk, window, mailbox, rounds, release):
    """An event was moved, and its old reminder still went. Seen in OneUptime #2149, #2150."""
    rounds(TWO_WEEKS + MINUTE)
    scheduling.move(
        window, on=date(2027, 1, 19), start_time=time(11), reason="A supplier is late", by=release,
        at=TWO_WEEKS + HOUR,
    )  # fmt: skip
    rounds(TWO_WEEKS + HOUR + MINUTE, DAY_BEFORE + MINUTE, START - HOUR + MINUTE, START + MINUTE)
    first, moved = mailbox.subjects(desk.address)
    assert "Dec 15" in first
    assert moved.startswith("Moved")
    assert "Jan 19" in moved


def test_what_ended_early_reminds_nobody_of_it_afterwards(
    order_system, desk, under_way, done, mailbox, rounds
):
    """An event that was over still reminded people of it. Seen in OneUptime #2149."""
    told = len(mailbox.mails)
    done(under_way, START + 5 * MINUTE)
    rounds(START + 6 * MINUTE, START + 16 * MINUTE, START + 3 * HOUR)
    after = Delivery.objects.filter(accepted_at__gt=START + 5 * MINUTE)
    assert {row.milestone for row in after} == {"done"}
    assert len(mailbox.mails) == told
    assert not Delivery.objects.due(now=START + timedelta(days=2)).exists()


def test_the_same_mail_goes_once_however_often_the_round_is_run(desk, window, mailbox):
    """Mails came twice for months, and the first cure did not help. Seen in OneUptime #2149."""
    for seconds in (1, 2, 3, 30, 60):
        ticking.tick(now=TWO_WEEKS + timedelta(seconds=seconds))
    assert len(mailbox.to(desk.address)) == 1


def test_whoever_was_told_is_reminded_more_than_once_each_time_at_nine_of_their_own(
    desk, window, mailbox, rounds
):
    """One reminder, at a fixed hour, easy to miss. Seen in heroku/roadmap #210, uptime-kuma #2462, statping #2."""
    for at in (TWO_WEEKS, DAY_BEFORE):
        rounds(at - MINUTE, at)
    told = Delivery.objects.filter(contact=desk, state="accepted").order_by("accepted_at")
    assert [row.accepted_at.replace(second=0, microsecond=0) for row in told] == [TWO_WEEKS, DAY_BEFORE]


def test_a_move_is_told_at_once_in_the_thread_of_the_first_mail(desk, window, mailbox, rounds, release):
    """Nobody was told when the date changed; asked for over six years. Seen in Cachet #2613, #3665."""
    rounds(TWO_WEEKS)
    at = TWO_WEEKS + HOUR
    scheduling.move(window, on=date(2026, 12, 17), start_time=time(11), reason="Late", by=release, at=at)
    rounds(at + MINUTE)
    first, moved = mailbox.to(desk.address)
    assert first["Message-ID"] in moved["References"]


def test_nobody_has_to_subscribe_to_be_told_of_what_they_use(ris, window, mailbox, rounds):
    """Those affected had to subscribe themselves. Seen in Cachet #3470, #3169; IXP-Manager #30."""
    rounds(TWO_WEEKS - 3 * HOUR)
    newcomer = ContactFactory(client=ClientFactory(uses=[ris], slug="new", time_zone="America/Denver"))
    rounds(TWO_WEEKS + 6 * MINUTE)
    assert len(mailbox.to(newcomer.address)) == 1


def test_what_failed_looks_unlike_what_arrived_until_a_person_deals_with_it(
    desk, window, mailbox, rounds, client, release
):
    """A send that failed looked exactly like one that arrived. Seen in margince #2971, manage.get.gov #2607."""
    mailbox.refusals[desk.address] = ["550 5.1.1 no such user"]
    rounds(TWO_WEEKS)
    client.force_login(release)
    page = client.get("/notices/")
    assert [row.contact for row in page.context["board"].trouble] == [desk]
    assert page.context["board"].coverage.rows[0].is_problem
    assert "has not been told" in page.content.decode()
