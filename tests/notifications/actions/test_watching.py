"""A round that does not come is told once, by whoever notices first."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.actions import ticking, watching
from notifications.models import Delivery, Silence, Tick
from notifications.queries import waiting
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
# 09:00 in Denver, two weeks before.
DUE = datetime(2026, 12, 1, 16, tzinfo=UTC)
STOPPED, BACK = DUE - timedelta(minutes=10), DUE + timedelta(minutes=8)


@pytest.fixture
def keeper(settings):
    settings.TICK_SECONDS = 30
    return PersonFactory(administrator=True, email="admin@platform.example", time_zone="America/Chicago")


def round_at(now: datetime) -> None:
    """What a worker does at a ring of the beat."""
    ticking.watched(now=now)


def rounds_from(now: datetime) -> None:
    """One a minute for as long as a second try would need."""
    for minutes in range(7):
        round_at(now + timedelta(minutes=minutes))


def test_the_administrators_are_told_once_from_when_to_when_and_what_fell_due(keeper, desk, window, mailbox):
    for now in (STOPPED, BACK, BACK + timedelta(seconds=30)):
        round_at(now)
    [mail] = mailbox.to(keeper.email)
    assert (
        mail["Subject"]
        == "No notice could go out from Tue, Dec 1, 2026, 9:50 AM CST to Tue, Dec 1, 2026, 10:08 AM CST"
    )
    lines = mail.get_content().splitlines()
    place = lines.index("1 notice fell due meanwhile:")
    assert lines[place + 1] == "RIS-2026-12, two weeks: 1"
    silence = Silence.objects.get()
    assert (silence.since, silence.ended_at, silence.told_at) == (STOPPED, BACK, BACK)
    [thing] = waiting.waiting(keeper, now=BACK)[-1:]
    assert thing.title == "No notice could go out for a while"


@pytest.mark.parametrize(("late", "silences"), [(90, 0), (91, 1)])
def test_three_rounds_may_be_missing(keeper, late, silences):
    round_at(STOPPED)
    round_at(STOPPED + timedelta(seconds=late))
    assert Silence.objects.count() == silences


def test_a_platform_that_was_never_started_is_not_silent(keeper, mailbox):
    watching.notice(now=DUE)
    assert (Silence.objects.count(), mailbox.mails) == (0, [])


def test_a_web_server_that_is_asked_tells_while_it_lasts_and_the_round_that_comes_ends_it(
    keeper, client, mailbox, time_machine
):
    Tick.objects.create(at=STOPPED)
    time_machine.move_to(BACK, tick=False)
    answers = [client.get("/readyz").status_code, client.get("/readyz?web").status_code]
    lasting = Silence.objects.get().ended_at
    round_at(BACK + timedelta(seconds=20))
    assert (answers, lasting, Silence.objects.get().ended_at) == (
        [503, 200],
        None,
        BACK + timedelta(seconds=20),
    )
    assert mailbox.subjects(keeper.email) == ["No notice could go out since Tue, Dec 1, 2026, 9:50 AM CST"]


def test_a_mail_server_that_is_down_is_tried_again_with_the_same_mail(keeper, mailbox):
    mailbox.refusals[keeper.email] = ["451 4.3.0 not now"]
    for now in (STOPPED, BACK, BACK + timedelta(seconds=30), BACK + watching.LEASE + timedelta(seconds=30)):
        round_at(now)
    assert len(mailbox.to(keeper.email)) == 1
    assert mailbox.to(keeper.email)[0]["Message-ID"].startswith("<silence.")


def test_one_administrator_whose_server_is_slow_brings_the_others_no_second_mail(keeper, mailbox):
    other = PersonFactory(administrator=True, email="other@platform.example")
    mailbox.refusals[other.email] = ["451 4.3.0 not now"] * 9
    round_at(STOPPED)
    rounds_from(BACK)
    assert len(mailbox.to(keeper.email)) == 1


def test_what_an_administrator_has_seen_is_mailed_to_nobody_any_more(keeper, mailbox):
    mailbox.refusals[keeper.email] = ["451 4.3.0 not now"]
    round_at(STOPPED)
    round_at(BACK)
    watching.settle(Silence.objects.get(), by=keeper, at=BACK)
    rounds_from(BACK + timedelta(minutes=1))
    assert mailbox.to(keeper.email) == []


def test_while_all_is_well_a_look_is_one_query(keeper, django_assert_num_queries):
    Tick.objects.create(at=STOPPED)
    with django_assert_num_queries(1):
        assert watching.look(now=STOPPED + timedelta(seconds=30)) is None


def test_an_administrator_has_seen_it(keeper, client):
    silence = Silence.objects.create(
        since=STOPPED, noticed_at=BACK, noticed_by="x", ended_at=BACK, told_at=BACK
    )
    client.force_login(keeper)
    page = client.get("/notices/operations/")
    client.post(f"/notices/operations/silences/{silence.pk}/settle/")
    silence.refresh_from_db()
    assert ("I have seen it" in page.text, silence.settled_by, Delivery.objects.count()) == (True, keeper, 0)
