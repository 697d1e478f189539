"""The whole product as its users meet it: web server, Celery worker and beat, on a database of its own.

Real processes, started and ended by process group; the mails go to a real SMTP server in this process.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg2

from tests.mailbox import Mailbox, free_port

ROOT = Path(__file__).resolve().parents[2]


class Stack:
    """Starts everything against `database` (made anew) and ends exactly what it started."""

    def __init__(self, database: dict[str, Any], redis_url: str, logs: Path) -> None:
        self.database, self.logs = database, logs
        self.mailbox = Mailbox()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.name = f"story_{os.getpid()}"
        self.environment = {
            **os.environ,
            # Not the tests’ own settings: the product’s, as on a server.
            "DJANGO_SETTINGS_MODULE": "changeboard.settings",
            "DATABASE_URL": self._url(self.name),
            "REDIS_URL": redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mailbox.port}",
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECRET_KEY": "for-the-story-only-" + "x" * 40,
            "DEMO": "1",
            "DEBUG": "1",
        }
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self._sql(f'CREATE DATABASE "{self.name}"')
        self.mailbox.start()
        self.manage("migrate", "--verbosity", "0")

    def serve(self) -> None:
        """Web, worker and beat; returns when the first page answers."""
        self._spawn(
            "web", "gunicorn", "changeboard.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "8"
        )
        self._spawn(
            "worker", "celery", "-A", "changeboard", "worker", "--concurrency", "2", "--loglevel", "INFO"
        )
        schedule = str(self.logs / "beat-schedule")
        self._spawn(
            "beat", "celery", "-A", "changeboard", "beat", "--schedule", schedule, "--loglevel", "INFO"
        )
        wait_for(self._answers, seconds=40, what="the first page")

    def manage(self, *arguments: str) -> str:
        """Run a management command in a process of its own; its output, or its error as an exception."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database holds, for what no page shows: a key, an address."""
        with self._connected(self.name) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def clock_to(self, instant: datetime) -> None:
        """Walk the platform's clock there; every notice on the way goes out."""
        self.manage("demo_clock", instant.isoformat())

    def stop(self) -> None:
        for child in reversed(self._children):
            os.killpg(child.pid, signal.SIGTERM)
        for child in self._children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait(10)
        self.mailbox.stop()
        self._sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _spawn(self, name: str, *command: str) -> None:
        program = [sys.executable, "-m", *command]
        with (self.logs / f"{name}.log").open("wb") as log:
            child = subprocess.Popen(
                program, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._children.append(child)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _url(self, name: str) -> str:
        place = self.database
        if str(place["HOST"]).startswith("/"):
            return f"postgres://{place['HOST']}/{name}".replace("postgres:///", "postgres:////")
        user = f"{place['USER']}:{place['PASSWORD']}@" if place["USER"] else ""
        return f"postgres://{user}{place['HOST']}:{place['PORT'] or 5432}/{name}"

    def _sql(self, statement: str) -> None:
        connection = self._connected("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    def _connected(self, database: str) -> Any:
        place = self.database
        keys = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"]}
        keys["password"] = place["PASSWORD"]
        return psycopg2.connect(dbname=database, **{name: value for name, value in keys.items() if value})


def wait_for(condition: Any, *, seconds: float, what: str) -> Any:
    """Call `condition` until it answers something true; fail, naming `what`, when the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s for {what}")
