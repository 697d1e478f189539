"""`make run` in a copy of the checkout: a page, a second start that is quick, and nothing left behind."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import stack
from tests.architecture import tree
from tools.guard import free_port

# What takes the time of a first start, by the words with which `make run` tells of it.
ONLY_AT_FIRST = {"loading the demonstration", "collecting the static files"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the checkout that shares our virtual environment."""
    place = tmp_path_factory.mktemp("checkout")
    for name in (*tree.PRODUCT, "tools", "templates", "static"):
        shutil.copytree(tree.ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "requirements-dev.txt", "Makefile"):
        shutil.copy(tree.ROOT / name, place / name)
    (place / ".venv").symlink_to(Path(sys.prefix))
    yield place
    subprocess.run(["make", "clean"], cwd=place, env=clean(), check=True, capture_output=True)


def clean(**more: str) -> dict[str, str]:
    """The environment of somebody who has just cloned it."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], **more}


def run_until_ready(place: Path, port: int) -> tuple["subprocess.Popen[str]", list[str]]:
    """`make run`, and what it said until it was ready."""
    words = ["make", "--no-print-directory", "run"]
    program = subprocess.Popen(
        words,
        cwd=place,
        env=clean(PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    assert program.stdout is not None
    for line in program.stdout:
        said.append(line.strip())
        if "Ctrl-C" in line:
            break
    return program, said


def left_behind(place: Path) -> list[str]:
    """The programs that still run for this checkout."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            at = os.readlink(process / "cwd")
        except OSError:
            continue
        if words.strip() and (str(place) in words or at.startswith(str(place))):
            found.append(words)
    return found


@pytest.mark.parametrize(
    ("ending", "did"),
    [(signal.SIGINT, ONLY_AT_FIRST), (signal.SIGTERM, set()), (signal.SIGHUP, set())],
    ids=["first-interrupted", "again-terminated", "again-hung-up"],
)
def test_it_answers_and_leaves_nothing_behind(checkout: Path, ending: signal.Signals, did: set[str]) -> None:
    port = free_port()
    program, said = run_until_ready(checkout, port)
    status, _ = stack.answer(f"http://127.0.0.1:{port}/healthz")
    program.send_signal(ending)
    program.communicate(timeout=40)
    done = {words for words in ONLY_AT_FIRST if any(line.endswith(words) for line in said)}
    assert (status, done, left_behind(checkout)) == (200, did, [])


def test_a_dead_program_ends_all_with_one_line(checkout: Path) -> None:
    program, _ = run_until_ready(checkout, free_port())
    worker = next(Path("/proc") / pid for pid in pids(checkout, "worker"))
    os.kill(int(worker.name), signal.SIGKILL)
    rest, _ = program.communicate(timeout=40)
    told = [line for line in rest.splitlines() if line.startswith("changeboard: ")]
    assert (
        [re.match(r"changeboard: (\w+) ended", line).group(1) for line in told],
        left_behind(checkout),
    ) == (  # type: ignore[union-attr]
        ["worker"],
        [],
    )


def pids(place: Path, word: str) -> list[str]:
    """The celery leaders of this checkout, oldest first."""
    asked = subprocess.run(["pgrep", "-f", f"celery -A changeboard {word}"], capture_output=True, text=True)
    return [pid for pid in asked.stdout.split() if os.readlink(f"/proc/{pid}/cwd") == str(place)]


def test_a_port_in_use_is_told_before_anything_starts(checkout: Path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        env = clean(PORT=str(other.getsockname()[1]))
        done = subprocess.run(["make", "run"], cwd=checkout, env=env, capture_output=True, text=True)
    assert (done.returncode != 0, "cannot be used" in done.stderr, "starting" in done.stdout) == (
        True,
        True,
        False,
    )
