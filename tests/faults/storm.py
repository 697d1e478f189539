"""The whole engine as on a server, and everything that can go wrong with it: for test_storm.py."""

import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg2

from tests.sink import set_mood
from tools import postgres, processes
from tools.guard import free_port
from tools.places import BIN
from tools.processes import Crew, Program
from tools.redis_server import binary

STATES = "SELECT state, count(*) FROM notifications_delivery WHERE milestone = 'two_weeks' GROUP BY 1"
WORKERS, BEATS = 2, 2
CHILDREN = 2


@dataclass
class Mails:
    """What the mail server saw, from its record."""

    names: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    how: Counter[str] = field(default_factory=Counter)

    @classmethod
    def read(cls, record: Path) -> "Mails":
        found = cls()
        for line in record.read_text().splitlines():
            how, reader, name, date, *_ = line.split("\t")
            found.how[how] += 1
            if how != "refused":
                found.names[reader].append((name, date))
        return found

    @property
    def twice(self) -> dict[str, list[tuple[str, str]]]:
        return {reader: names for reader, names in self.names.items() if len(names) > 1}


class Storm:
    """Servers and programs under `place`. As a context manager it leaves nothing running."""

    def __init__(self, place: Path, *, seed: int) -> None:
        self.place = place
        self.kills = 0
        self.dice = random.Random(seed)
        self.record = place / "record"
        self._stack = ExitStack()
        self._database: ExitStack | None = None
        self._ports = {name: free_port() for name in ("redis", "sink")}
        self._crew = Crew()
        self._commands: dict[str, list[str | Path]] = {}
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        self.place.mkdir(parents=True, exist_ok=True)
        self.record.write_text("")
        self._stack.enter_context(self._crew)
        self._start_database()
        self._start("redis", [binary(), "--port", str(self._ports["redis"]), "--save", ""])
        self._start("sink", [sys.executable, "-m", "tests.sink", str(self._ports["sink"]), self.record])
        return self

    def __exit__(self, *problem: object) -> None:
        self._stack.close()
        if self._database:
            self._database.close()

    def run(self, *words: str) -> str:
        """A program to its end; what it printed."""
        return processes.run([sys.executable, *words], env=self.env, doing=" ".join(words))

    def start_engine(self) -> None:
        """Two beats and four workers (two programs with two processes each)."""
        celery: list[str | Path] = [BIN / "celery", "-A", "changeboard"]
        for number in range(WORKERS):
            name = f"worker{number}"
            more = [
                "--concurrency",
                str(CHILDREN),
                "-n",
                f"{name}@%h",
                "--without-gossip",
                "--without-mingle",
            ]
            self._start(name, [*celery, "worker", "--loglevel", "WARNING", *more])
        for number in range(BEATS):
            self._start(
                f"beat{number}", [*celery, "beat", "--schedule", self.place / f"beat{number}", "--pidfile="]
            )

    def mood(self, **mood: float) -> None:
        set_mood(self._ports["sink"], **mood)

    def kill_a_worker(self) -> None:
        """SIGKILL for a process that sends; the pool replaces it."""
        children = [
            pid
            for number in range(WORKERS)
            for pid in _children(self._program(f"worker{number}").process.pid)
        ]
        if children:
            os.kill(self.dice.choice(children), signal.SIGKILL)
            self.kills += 1

    def kill_a_program(self) -> None:
        """SIGKILL for a worker with all its processes; a supervisor would start it again, so do we."""
        name = f"worker{self.dice.randrange(WORKERS)}"
        os.killpg(self._program(name).process.pid, signal.SIGKILL)
        self.kills += CHILDREN
        self._program(name).process.wait()
        self.look_after()

    def empty_redis(self) -> None:
        os.killpg(self._program("redis").process.pid, signal.SIGKILL)
        self._program("redis").process.wait()
        time.sleep(0.5)
        self.look_after()

    def restart_database(self) -> None:
        assert self._database is not None
        self._database.close()
        self._start_database()

    def look_after(self) -> None:
        """Start again what has ended, as `restart: unless-stopped` does."""
        for program in list(self._crew.programs):
            if program.process.poll() is not None:
                self._crew.programs.remove(program)
                self._start(program.name, self._commands[program.name])

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        place = self.env["DATABASE_URL"].split("@/")[1].rsplit("/", 1)[0].replace("%2F", "/")
        with (
            psycopg2.connect(dbname="changeboard", user="changeboard", host=place) as line,
            line.cursor() as cursor,
        ):
            cursor.execute(statement)
            return list(cursor.fetchall())

    def wait_until(self, holds: Callable[[], bool], *, seconds: float) -> float:
        """Seconds until it held; fails after `seconds`."""
        began = time.monotonic()
        while not holds():
            self.look_after()
            assert time.monotonic() - began < seconds, self.rows(
                "SELECT state, count(*) FROM notifications_delivery GROUP BY 1"
            )
            time.sleep(0.3)
        return time.monotonic() - began

    def _start_database(self) -> None:
        self._database = ExitStack()
        url = self._database.enter_context(
            postgres.started(self.place, durable=True, log=self.place / "postgres.log")
        )
        self.env = _environment(url, self._ports)

    def _start(self, name: str, command: list[str | Path]) -> Program:
        self._commands[name] = command
        return self._crew.start(name, command, env=self.env, log=self.place / f"{name}.log")

    def _program(self, name: str) -> Program:
        return next(program for program in self._crew.programs if program.name == name)


def _environment(database: str, ports: Mapping[str, int]) -> dict[str, str]:
    product = {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DATABASE_URL": database,
        "REDIS_URL": f"redis://127.0.0.1:{ports['redis']}/0",
        "EMAIL_URL": f"smtp://127.0.0.1:{ports['sink']}",
        "DEBUG": "0",
        "DEMO": "0",
        "SECRET_KEY": "storm" * 12,
        "ALLOWED_HOSTS": "changeboard.example",
        "SITE_URL": "https://changeboard.example",
    }
    return {**os.environ, **product}


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
