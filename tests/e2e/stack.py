"""The whole product as its users meet it: web server, Celery worker and beat, on a database of its own.

Real processes; the mails go to a real SMTP server in this process.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tests import ready_made, stack
from tests.mailbox import Mailbox
from tools.guard import free_port
from tools.places import BIN

Rows = list[tuple[Any, ...]]


class Stack:
    """Made by `whole`: everything runs against `database` and ends with the block."""

    def __init__(self, database: str, logs: Path, ending: ExitStack) -> None:
        self._logs, self._ending = logs, ending
        self._database = database.rpartition("/")[2]
        self.mailbox = Mailbox()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._bind = f"127.0.0.1:{port}"
        self._env = stack.as_on_a_server(
            database,
            EMAIL_URL=f"smtp://127.0.0.1:{self.mailbox.port}",
            SITE_URL=self.url,
            ALLOWED_HOSTS="127.0.0.1",
            DJANGO_SETTINGS_MODULE="changeboard.settings",
            DEMO="1",
            DEBUG="1",
        )

    def serve(self) -> None:
        """Web, worker and beat; returns when the first page answers."""
        celery = [str(BIN / "celery"), "-A", "changeboard"]
        schedule = ["--schedule", str(self._logs / "beat-schedule"), "--pidfile="]
        # A connection that a browser opens ahead of need holds a thread for five seconds.
        bound = ["--bind", self._bind, "--threads", "24"]
        commands = {
            "web": [str(BIN / "gunicorn"), "changeboard.wsgi", *bound],
            "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
            "beat": [*celery, "beat", *schedule, "--loglevel", "INFO"],
        }
        crew = self._ending.enter_context(stack.running(commands, self._env, self._logs))
        stack.wait(lambda: stack.answer(f"{self.url}/healthz")[0] == 200, crew)

    def manage(self, *words: str) -> str:
        """Run a management command in a process of its own; gives what it printed."""
        return stack.manage(*words, env=self._env)

    def rows(self, statement: str) -> Rows:
        """What the database holds, for what no page shows: a key, an address."""
        return stack.rows(self._database, statement)

    def clock_to(self, instant: datetime) -> None:
        """Walk the platform's clock there; every notice on the way goes out."""
        self.manage("demo_clock", instant.isoformat())


@contextmanager
def whole(logs: Path) -> Iterator[Stack]:
    """The product with a migrated database that holds what migrations ship; nothing of it is left at the end."""
    with stack.own_database("story", like=ready_made.name()) as database, ExitStack() as ending:
        product = Stack(database, logs, ending)
        product.mailbox.start()
        ending.callback(product.mailbox.stop)
        yield product


def wait_for(condition: Any, *, seconds: float, what: str) -> Any:
    """Call `condition` until it answers something true; fail, naming `what`, when the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {seconds} seconds")
