"""What a dead process held does not wait for its lease."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from notifications.actions import claiming, owners, reconciling, ticking
from notifications.models import Delivery

pytestmark = pytest.mark.django_db

# Two weeks before the window at 09:00 in Denver.
TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
A_TICK_LATER = TWO_WEEKS + timedelta(seconds=31)


def name_of(pid: int) -> str:
    return owners.new().replace(f":{os.getpid()}:", f":{pid}:")


@pytest.fixture
def ended() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def claimed(desk, window):
    def claim(owner: str) -> None:
        reconciling.reconcile(now=TWO_WEEKS)
        assert claiming.claim("email", 100, owner=owner, now=TWO_WEEKS + timedelta(seconds=1))

    return claim


def test_what_a_killed_process_held_goes_out_with_the_next_tick(claimed, ended, desk, mailbox):
    claimed(name_of(ended))
    ticking.tick(now=A_TICK_LATER)
    assert len(mailbox.to(desk.address)) == 1


def test_what_a_living_process_holds_waits_for_its_lease(claimed, desk, mailbox):
    claimed(owners.new())
    ticking.tick(now=A_TICK_LATER)
    assert mailbox.to(desk.address) == []
    ticking.tick(now=TWO_WEEKS + claiming.lease() + timedelta(seconds=5))
    assert len(mailbox.to(desk.address)) == 1


@pytest.mark.parametrize("owner", ["elsewhere:0123456789ab:{pid}:ab12cd", "{pid}", "a:b:c:d"])
def test_nobody_declares_a_process_of_another_machine_dead(owner, claimed, ended):
    claimed(owner.format(pid=ended))
    assert owners.bury(now=A_TICK_LATER) == 0
    assert Delivery.objects.filter(state="sending").exists()


def test_a_child_that_ended_and_was_not_fetched_yet_is_dead():
    child = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert owners.is_dead(name_of(child.pid))
    child.wait()


def test_a_name_fits_its_column():
    assert len(owners.new()) <= Delivery._meta.get_field("lease_owner").max_length
