"""`make test`: every test, against private servers that end with it."""

import contextlib
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from tools import browser, guard, life, postgres, servers, venv
from tools.places import PYTHON, ROOT, RUN, environment
from tools.say import say

MOST_WORKERS = 4
# Stands beside the server's data while they may be used again: the server ended as it should. They hold the
# database that the tests copy, which takes half a minute to make.
WHOLE = "whole"


def main() -> int:
    """Set up what the tests need and run them; `ARGS` goes to pytest. Returns pytest's exit status."""
    env = environment()
    place = RUN / "test"
    with guard.only_one("test"):
        venv.ready()
        env["CHROMIUM"] = env.get("CHROMIUM") or browser.found_or_installed()
        if not (place / WHOLE).exists():
            _clear(place)
        (place / WHOLE).unlink(missing_ok=True)
        try:
            with servers.given_or_private(place, env, durable=False) as urls:
                status = _pytest({**env, **urls})
            (place / WHOLE).touch()
        finally:
            life.deafen()
            if not (place / WHOLE).exists():
                _clear(place)
    left = life.sweep()
    if left:
        say(f"the tests left {len(left)} processes behind, ended now: {', '.join(sorted(set(left)))}")
    return status


def _pytest(env: dict[str, str]) -> int:
    words = shlex.split(env.get("ARGS", ""))
    workers = min(MOST_WORKERS, os.cpu_count() or 1)
    # A file stays in one process: its tests share what they start, and some are chapters of one story.
    together = ["--dist", "loadfile", "--no-loadscope-reorder"]
    spread = [] if {"-n", "-n0", "--pdb"} & set(words) else ["-n", str(workers), *together]
    say("pytest " + " ".join(words))
    # In our own group: a Ctrl-C in the terminal reaches pytest, which then says what it did so far.
    return subprocess.run([PYTHON, "-m", "pytest", *spread, *words], cwd=ROOT, env=env).returncode


def _clear(place: Path) -> None:
    for one in {place, postgres.home(place)}:
        shutil.rmtree(one, ignore_errors=True)
    for empty in (postgres.elsewhere() / RUN.name, postgres.elsewhere()):
        # A `make run` may have its data there: then it stays.
        with contextlib.suppress(OSError):
            empty.rmdir()
