"""Servers that are not there: the web process lives on and says which one is missing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import stack
from tools.guard import free_port


@contextmanager
def web(place: Path, **settings: str) -> Iterator[str]:
    """A web server as in production, on a database without a table; gives its address."""
    port = free_port()
    words = ["gunicorn", "changeboard.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    env = stack.as_on_a_server("postgres:////nowhere/changeboard") | settings
    with stack.running({"web": words}, env, place) as crew:
        address = f"http://127.0.0.1:{port}"
        stack.wait(lambda: stack.answer(f"{address}/healthz")[0] != 0, crew)
        yield address


def test_without_a_database_the_process_is_well_and_not_ready(tmp_path: Path) -> None:
    with web(tmp_path) as address:
        well, (status, body) = stack.answer(f"{address}/healthz")[0], stack.answer(f"{address}/readyz")
    assert (well, status, json.loads(body)["database"]) == (200, 503, {"ok": False})


@pytest.mark.parametrize("path", ["/readyz", "/changes/", "/no-such-page/"])
def test_no_answer_without_a_server_shows_what_is_inside(tmp_path: Path, path: str) -> None:
    with web(tmp_path, REDIS_URL="redis://secret@127.0.0.1:1/0") as address:
        said = stack.answer(f"{address}{path}", **{"X-Forwarded-Proto": "https"})[1].decode()
    assert [word for word in ("Traceback", "nowhere", "secret", "psycopg2", "redis://") if word in said] == []
