"""Programs that we start: each in a group of its own, each stopped with all its children."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tools import life
from tools.places import ROOT
from tools.say import Trouble

GRACE_SECONDS = 8


@dataclass(frozen=True)
class Program:
    """One started program, its log and the signal that asks it to end."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    ending: int

    def last_words(self) -> str:
        """The last line of its log, for the one line that says why it ended."""
        lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1] if lines else "no word"


class Crew:
    """Programs that live and end together. As a context manager it stops them on the way out."""

    def __init__(self) -> None:
        self.programs: list[Program] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        log: Path,
        ending: int = signal.SIGTERM,
        user: str | None = None,
        given: bytes | None = None,
    ) -> Program:
        """Start `command` with its output in `log`; `user` where root must not run it; `given` on stdin."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(word) for word in command],
                cwd=ROOT if user is None else "/",
                env=dict(env),
                stdin=subprocess.PIPE if given is not None else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: life.control(life.PR_SET_PDEATHSIG, ending),
                **as_user(user),
            )
        if process.stdin is not None:
            process.stdin.write(given or b"")
            process.stdin.close()
        program = Program(name, process, log, ending)
        self.programs.append(program)
        return program

    def check(self) -> None:
        """Refuse to go on when a program has ended by itself."""
        for program in self.programs:
            status = program.process.poll()
            if status is not None:
                raise Trouble(
                    f"{program.name} ended with status {status}: {program.last_words()} (see {program.log})"
                )

    def stop(self) -> None:
        """Ask all to end, wait a little, then end them and whatever they left in their groups."""
        for program in reversed(self.programs):
            if program.process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    program.process.send_signal(program.ending)
        until = time.monotonic() + GRACE_SECONDS
        for program in self.programs:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.process.wait(max(0.0, until - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(program.process.pid, signal.SIGKILL)
            program.process.wait()
        self.programs.clear()


def as_user(user: str | None) -> dict[str, Any]:
    """Popen's words for running as `user` with that user's group only."""
    if user is None:
        return {}
    import pwd

    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def run(command: Sequence[str | Path], *, env: Mapping[str, str], doing: str, user: str | None = None) -> str:
    """Run a command to its end and return its output; Trouble with its last lines when it fails."""
    result: subprocess.CompletedProcess[str] = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT if user is None else "/",
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **as_user(user),
    )
    if result.returncode:
        raise Trouble(f"{doing} failed:\n" + "\n".join(result.stdout.rstrip().splitlines()[-30:]))
    return result.stdout
