"""The tools' programs: none outlives the one that started it, however that one ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.places import ROOT
from tools.processes import Crew
from tools.say import Trouble

FAMILY = ["sh", "-c", "sleep 317 & echo $!; sleep 317 & echo $!; wait"]
LEADER = """
import sys, time
from pathlib import Path
from tools import life
from tools.processes import Crew
def work():
    with Crew() as crew:
        crew.start("family", ["sleep", "319"], env={"PATH": "/usr/bin:/bin"}, log=Path(sys.argv[1]))
        print(crew.programs[0].process.pid, flush=True)
        time.sleep(60)
life.lead(work)
"""


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie that waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pid: int) -> bool:
    """Whether a process that was told to end does so within moments."""
    end = time.monotonic() + 5
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def wait_for(lines: int, log: Path) -> list[int]:
    end = time.monotonic() + 10
    while len(log.read_text().split()) < lines and time.monotonic() < end:
        time.sleep(0.02)
    return [int(word) for word in log.read_text().split()]


def test_stopping_a_program_stops_its_children(tmp_path: Path) -> None:
    with Crew() as crew:
        crew.start("family", FAMILY, env={"PATH": "/usr/bin:/bin"}, log=tmp_path / "log")
        children = wait_for(2, tmp_path / "log")
        assert [alive(pid) for pid in children] == [True, True]
    assert [ends(pid) for pid in children] == [True, True]


def test_a_program_that_ends_by_itself_is_told_in_one_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Crew() as crew:
        crew.start("web", ["sh", "-c", "echo no room; exit 3"], env={"PATH": "/usr/bin:/bin"}, log=log)
        crew.programs[0].process.wait()
        with pytest.raises(Trouble) as trouble:
            crew.check()
    assert str(trouble.value) == f"web ended with status 3: no room (see {log})"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_outlives_its_leader(ending: signal.Signals, tmp_path: Path) -> None:
    words = [sys.executable, "-c", LEADER, str(tmp_path / "log")]
    leader = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert leader.stdout is not None
    child = int(leader.stdout.readline())
    leader.send_signal(ending)
    leader.communicate(timeout=10)
    assert ends(child)
