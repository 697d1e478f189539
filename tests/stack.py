"""The platform's programs, started for a test as they run on a server: own database, own Redis, own log."""

import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings

from tools.places import BIN, ROOT
from tools.processes import Crew, run

WITHIN_SECONDS = 60


@contextmanager
def own_database(name: str, *, like: str = "template1") -> Iterator[str]:
    """A database on the tests' server, empty or a copy of another, dropped at the end; gives its DATABASE_URL."""
    name = f"{name}_{os.getpid()}"
    with server() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield url_of(name)
    finally:
        with server() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def url_of(database: str) -> str:
    """The DATABASE_URL of another database on the tests' server, its user and place included."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{database}"


def rows(database: str, statement: str) -> list[tuple[Any, ...]]:
    """What a database on the tests' server holds, for what no page shows: a key, an address."""
    line = _line_to(database)
    try:
        with line.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())
    finally:
        line.close()


def _line_to(database: str) -> Any:
    server = settings.DATABASES["default"]
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return psycopg2.connect(dbname=database, **{key: server[name] or None for key, name in names.items()})


@contextmanager
def server() -> Iterator[Any]:
    """A cursor for statements about whole databases, each by itself."""
    line = _line_to("postgres")
    line.autocommit = True
    try:
        with line.cursor() as cursor:
            yield cursor
    finally:
        line.close()


def as_on_a_server(database: str, **more: str) -> dict[str, str]:
    """The environment of a production process: every needed setting, nothing of the tests' own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PGUSER", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "PATH": f"{BIN}:{kept['PATH']}",
        "PYTHONUNBUFFERED": "1",
        "SECRET_KEY": "fifty-characters-that-nobody-guesses-0123456789-abcdef",
        "DATABASE_URL": database,
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "ALLOWED_HOSTS": "changeboard.example,127.0.0.1",
        "SITE_URL": "https://changeboard.example",
        **more,
    }


@contextmanager
def running(commands: Mapping[str, Sequence[str]], env: Mapping[str, str], logs: Path) -> Iterator[Crew]:
    """Start programs by name; at the end nothing of them is left."""
    with Crew() as crew:
        for name, command in commands.items():
            crew.start(name, command, env=env, log=logs / f"{name}.log")
        yield crew


def by_itself(database: str, **more: str) -> dict[str, str]:
    """The environment of a process beside a test: the product's own settings, that test's database."""
    product = {"DJANGO_SETTINGS_MODULE": "changeboard.settings", "DATABASE_URL": url_of(database)}
    return {**os.environ, **product, **more}


def manage(*words: str, env: Mapping[str, str]) -> str:
    """Run a management command as on a server; gives what it printed."""
    return run([BIN / "python", ROOT / "manage.py", *words], env=env, doing=" ".join(words))


def answer(address: str, **headers: str) -> tuple[int, bytes]:
    """What a GET gives: status, body. Status 0 when nobody listens."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as page:
            return page.status, page.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except OSError:
        return 0, b""


def wait(until: Callable[[], bool], crew: Crew, *, seconds: float = WITHIN_SECONDS) -> None:
    """Wait for something to become true while the programs live; else fail with their last words."""
    end = time.monotonic() + seconds
    while not until():
        crew.check()
        assert time.monotonic() < end, {one.name: one.last_words() for one in crew.programs}
        time.sleep(0.2)
