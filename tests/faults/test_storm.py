"""Notices through a storm: none is lost, and what comes twice bears one name and says so.

FAULT_READERS sets how many mailboxes are owed a notice, FAULT_SEED the dice.
"""

import os
import shutil
import sys
import time

import pytest

from tests.faults.storm import STATES, Mails, Storm
from tools import postgres
from tools.places import RUN

READERS = int(os.environ.get("FAULT_READERS", "1000"))
SEED = int(os.environ.get("FAULT_SEED", "0")) or time.time_ns() % 100_000
# Four senders are busy for as long as the blows fall, however many mails there are.
STORM_SECONDS = 20
# The moods of a bad mail server, while there is one.
BAD = {"4xx": 0.02, "5xx": 0.003, "drop": 0.004, "stall": 0.001, "slow": STORM_SECONDS * 4 / READERS}
# Due and not told yet, also what waits for its next try.
OPEN = "SELECT count(*) FROM notifications_delivery WHERE state IN ('planned', 'sending') AND due_at <= now()"


@pytest.fixture
def storm():
    place = RUN / "storm"
    shutil.rmtree(postgres.home(place), ignore_errors=True)
    shutil.rmtree(place, ignore_errors=True)
    with Storm(place, seed=SEED) as storm:
        storm.run("manage.py", "migrate", "--verbosity", "0")
        assert storm.run("-m", "tests.faults.desk", "owe", str(READERS)).split() == [str(READERS)]
        yield storm
    for one in {place, postgres.home(place)}:
        shutil.rmtree(one, ignore_errors=True)


def rage(storm: Storm) -> None:
    """Everything at once, in any order, while mails go out."""
    storm.mood(**BAD)
    storm.start_engine()
    storm.wait_until(lambda: storm.record.stat().st_size > 0, seconds=90)
    blows = [storm.kill_a_worker] * 6 + [
        storm.empty_redis, storm.restart_database, storm.kill_a_program, lambda: refuse(storm)
    ]  # fmt: skip
    storm.dice.shuffle(blows)
    for blow in blows:
        time.sleep(storm.dice.uniform(0.5, 2))
        blow()
        storm.look_after()


def refuse(storm: Storm) -> None:
    """The mail server lets nobody in for a while."""
    storm.mood(refuse=1)
    time.sleep(2)
    storm.mood(**BAD)


def test_none_is_lost_in_a_storm_and_doubles_bear_one_name(storm, capsys):
    rage(storm)
    storm.mood()
    calm = storm.wait_until(lambda: storm.rows(OPEN) == [(0,)], seconds=240)
    refused = int(storm.run("-m", "tests.faults.desk", "resend"))
    storm.wait_until(lambda: storm.rows(OPEN) == [(0,)], seconds=90)
    mails, rows = (
        Mails.read(storm.record),
        storm.rows(STATES),
    )
    doubles = sum(len(names) - 1 for names in mails.twice.values())
    figures = (
        f"{READERS} owed, {len(mails.names)} told, {doubles} doubles, {storm.kills} kills, {dict(mails.how)}"
    )
    with capsys.disabled():
        sys.stdout.write(f"\nstorm {SEED}: {figures}, all told {calm:.1f} s after it\n")
    assert (rows, len(mails.names)) == ([("accepted", READERS)], READERS)
    assert 0 <= refused <= mails.how["refused"]
    assert doubles <= 10 * storm.kills + mails.how["drop"] + mails.how["stall"]
    assert [names for names in mails.twice.values() if len(set(names)) > 1] == []
    uncertain = {address for (address,) in storm.rows(UNCERTAIN)}
    assert set(mails.twice) <= uncertain
    assert "Nothing was changed" in storm.run("manage.py", "verify_ledger")


UNCERTAIN = """
SELECT contact.address FROM notifications_delivery AS row
JOIN directory_contact AS contact ON contact.id = row.contact_id WHERE row.uncertain
"""
