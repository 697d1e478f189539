"""Rounds that stop and come back, with real processes: the administrators are told exactly once."""

import os
import signal
import subprocess
import time

import pytest

from notifications.models import Silence, Tick
from tests.factories.people import PersonFactory
from tests.faults.test_killed_sender import sender
from tests.notifications.conftest import mail_server, mailbox  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
TICK = 2


def loop(port: int) -> "subprocess.Popen[bytes]":
    return sender(port, "--loop", TICK_SECONDS=str(TICK))


def wait(until) -> None:
    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_loop_is_killed_and_the_two_that_come_back_tell_it_once(mailbox):  # noqa: F811
    keeper = PersonFactory(administrator=True, email="admin@platform.example")
    first = loop(mailbox.port)
    wait(lambda: Tick.objects.count() >= 2)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    last = Tick.objects.last_one()
    time.sleep(4 * TICK)
    back = [loop(mailbox.port), loop(mailbox.port)]
    wait(lambda: Silence.objects.filter(since=last.at, told_at__isnull=False).exists())
    wait(lambda: Tick.objects.filter(pk__gt=last.pk).count() >= 4)
    for process in back:
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    silence = Silence.objects.get(since=last.at)
    name = f"<silence.{silence.pk}.p{keeper.pk}@127.0.0.1>"
    assert (silence.ended_at is not None, [mail["Message-ID"] for mail in mailbox.to(keeper.email)]) == (
        True,
        [name],
    )
