"""Senders that are killed in the middle lose nothing; what may have gone twice says so and bears one name."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from notifications.actions import claiming, reconciling, ticking
from notifications.domain import lease
from notifications.models import Delivery
from tests import stack
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.maintenance import WindowFactory
from tests.notifications.conftest import mail_server, mailbox  # noqa: F401

READERS, KILLS = 40, 3


@pytest.fixture
def due(transactional_db):
    """Forty readers of a window in ten days: each is owed its first notice now."""
    ris = SystemFactory(code="RIS")
    client = ClientFactory(uses=[ris])
    for number in range(READERS):
        ContactFactory(client=client, address=f"reader{number}@client.example")
    starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)
    WindowFactory(system=ris, on=starts_at.date(), starts_at=starts_at)
    reconciling.reconcile(now=datetime.now(UTC))


def sender(port: int, *words: str, **more: str) -> "subprocess.Popen[bytes]":
    """A real process that sends what is due, against this test's database."""
    env = stack.by_itself(connection.settings_dict["NAME"], EMAIL_URL=f"smtp://127.0.0.1:{port}", **more)
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_notices", *words], env=env, stdout=quiet, stderr=quiet
    )


def test_none_is_lost_when_senders_are_killed_while_they_send(due, mailbox, monkeypatch):  # noqa: F811
    slow(mailbox, monkeypatch)
    for number in range(1, KILLS + 1):
        process = sender(mailbox.port)
        wait_for_mails(mailbox, 8 * number)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        # A minute later.
        Delivery.objects.filter(state="sending").update(lease_until=datetime.now(UTC) - timedelta(seconds=1))
    ticking.tick(now=datetime.now(UTC) + claiming.lease() + timedelta(seconds=5))
    got = Counter(address for address, _ in mailbox.mails)
    assert len(got) == READERS
    twice = {address for address, times in got.items() if times > 1}
    assert len(twice) <= 10 * KILLS
    uncertain = Delivery.objects.filter(uncertain=True).values_list("contact__address", flat=True)
    assert twice <= set(uncertain)
    for address in twice:
        assert len({(mail["Message-ID"], mail["Date"]) for mail in mailbox.to(address)}) == 1


def slow(server, monkeypatch):
    """A mail server that takes its time, so that a kill meets a mail under way."""
    take = server.handle_DATA

    async def take_slowly(*arguments):
        import asyncio

        await asyncio.sleep(0.05)
        return await take(*arguments)

    monkeypatch.setattr(server, "handle_DATA", take_slowly)


def wait_for_mails(server, number: int) -> None:
    until = time.monotonic() + 90
    while len(server.mails) < number:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("a_mark", [1, 10])
def test_a_sender_frozen_past_its_lease_doubles_what_it_had_not_marked(a_mark, due, mailbox, monkeypatch):  # noqa: F811
    slow(mailbox, monkeypatch)
    process = sender(mailbox.port, NOTICES_A_MARK=str(a_mark))
    wait_for_mails(mailbox, 8)
    os.kill(process.pid, signal.SIGSTOP)
    time.sleep(lease.FRESH_SECONDS + 0.5)
    ticking.tick(now=datetime.now(UTC) + claiming.lease() + timedelta(seconds=5))
    os.kill(process.pid, signal.SIGCONT)
    process.wait(timeout=60)
    got = Counter(address for address, _ in mailbox.mails)
    assert (len(got), len(mailbox.mails) - READERS <= a_mark) == (READERS, True)


def test_a_sender_that_is_asked_to_end_finishes_its_mail_and_gives_the_rest_back(due, mailbox, monkeypatch):  # noqa: F811
    slow(mailbox, monkeypatch)
    process = sender(mailbox.port, "--loop")
    wait_for_mails(mailbox, 8)
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    states = Counter(Delivery.objects.filter(milestone="two_weeks").values_list("state", flat=True))
    assert states == {"accepted": len(mailbox.mails), "planned": READERS - len(mailbox.mails)}
    assert not Delivery.objects.filter(uncertain=True).exists()
