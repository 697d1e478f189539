"""A database with every migration applied, made once for a state of the migrations and copied ever after.

Applying the migrations takes half a minute of a processor, copying a database a fifth of a second; each
process of the tests and each running product among them needs one of its own.
"""

import hashlib
from pathlib import Path
from typing import Any

from tests import stack
from tools.places import ROOT

APPS = ("changeboard", "changes", "maintenance", "notifications")
# Any number that nothing else locks.
LOCK = 7_204_031


def name() -> str:
    """Of the database to copy; the first to ask makes it, the others wait."""
    wanted = f"ready_{_state()}"
    with stack.server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'ready\\_%%'")
        known = {row[0] for row in cursor.fetchall()}
        if wanted not in known:
            for old in known:
                cursor.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")
            _make(wanted, cursor)
    return wanted


def _make(wanted: str, cursor: Any) -> None:
    # Under its own name only when it is whole: a run that is broken off leaves none that looks ready.
    cursor.execute(f"CREATE DATABASE {wanted}_unfinished")
    stack.manage("migrate", "--verbosity", "0", env=stack.by_itself(f"{wanted}_unfinished", DEMO="1"))
    cursor.execute(f"ALTER DATABASE {wanted}_unfinished RENAME TO {wanted}")


def _state() -> str:
    seen = hashlib.sha256((ROOT / "requirements-dev.txt").read_bytes())
    for file in _migrations():
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def _migrations() -> list[Path]:
    return sorted(file for app in APPS for file in (ROOT / app).rglob("migrations/*.py"))
