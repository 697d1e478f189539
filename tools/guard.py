"""What must hold before we start: alone in this checkout, the port free."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator

from tools.places import ROOT, RUN
from tools.say import Trouble


@contextlib.contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold `.run/<name>.lock`; refuse when another `make <name>` of this checkout holds it."""
    RUN.mkdir(exist_ok=True)
    with (RUN / f"{name}.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise Trouble(f"`make {name}` already runs in {ROOT} (process {lock.read().strip()})") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextlib.contextmanager
def in_turn(name: str) -> Iterator[None]:
    """Hold `.run/<name>.lock`, waiting for whoever holds it."""
    RUN.mkdir(exist_ok=True)
    with (RUN / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def port_is_free(port: int) -> None:
    """Refuse when something else listens on the web's port."""
    with socket.socket() as probe:
        # As the web server does: a port that the last run just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise Trouble(
                f"port {port} cannot be used ({problem.strerror}): choose another, PORT=8001 make run"
            ) from None


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
