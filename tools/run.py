"""`make run`: everything on one machine, with demonstration data, until Ctrl-C."""

import hashlib
import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from tools import guard, life, processes, servers, venv
from tools.places import BIN, PYTHON, ROOT, RUN, environment
from tools.processes import Crew
from tools.say import Trouble, plain, say

FIRST_PAGE_WITHIN_SECONDS = 60
LOGS = RUN / "log"
STAMPS = RUN / "done.json"
SIGN_INS = "engineer engineer2 member1 … member6 chair release clientservices admin"


def main() -> int:
    """Set up, start, wait; returns the exit status."""
    env = environment()
    port = _port(env)
    with guard.only_one("run"):
        guard.port_is_free(port)
        venv.ready()
        settings = {**_defaults(env, port), **env}
        with servers.given_or_private(RUN, env, durable=True) as urls:
            settings |= urls
            _prepare(settings)
            # The programs end before the servers that they use.
            with Crew() as crew:
                parent = life.Parent()
                start(crew, settings, port)
                _wait_for_the_first_page(crew, parent, port)
                _tell(settings, port)
                _watch(crew, parent)
                _stopping()
        say("everything has stopped.")
    return 0


def _port(env: dict[str, str]) -> int:
    try:
        port = int(env.get("PORT") or 8000)
    except ValueError:
        port = 0
    if not 0 < port < 65536:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {env['PORT']!r}")
    return port


def _defaults(env: dict[str, str], port: int) -> dict[str, str]:
    """Settings for one machine: the demonstration, otherwise as on a server."""
    key = RUN / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48))
    return {
        "DEMO": "1",
        "SECRET_KEY": key.read_text(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{guard.free_port()}",
        "DJANGO_SETTINGS_MODULE": "changeboard.settings",
    }


def _prepare(settings: dict[str, str]) -> None:
    say("bringing the database up to date")
    manage("migrate", "--no-input", settings=settings)
    if _command("load_demo") and settings.get("DEMO") == "1":
        _once("demonstration", settings["DATABASE_URL"], "loading the demonstration", ["load_demo"], settings)
    if settings.get("DEBUG", "0") not in {"1", "true", "True", "on", "yes"}:
        words = ["collectstatic", "--no-input", "--clear"]
        _once("static", _static_state(), "collecting the static files", words, settings)


def _once(name: str, state: str, doing: str, words: Sequence[str], settings: dict[str, str]) -> None:
    """Run a command unless it ran already for this `state`."""
    done = json.loads(STAMPS.read_text()) if STAMPS.exists() else {}
    if done.get(name) != state:
        say(doing)
        manage(*words, settings=settings)
        STAMPS.write_text(json.dumps({**done, name: state}))


def _static_state() -> str:
    (ROOT / "staticfiles").mkdir(exist_ok=True)
    files = [ROOT / "requirements-dev.txt", *sorted((ROOT / "static").glob("**/*"))]
    marks = "".join(f"{file}{file.stat().st_mtime_ns}" for file in files if file.is_file())
    # Whoever removes the collected files gets them again: a new directory has a new inode.
    return hashlib.sha256(f"{marks}{(ROOT / 'staticfiles').stat().st_ino}".encode()).hexdigest()


def _command(name: str) -> bool:
    places = ("changeboard", "changes", "maintenance", "notifications", "changeboard/demo")
    return any((ROOT / place / "management/commands" / f"{name}.py").exists() for place in places)


def manage(*words: str, settings: dict[str, str]) -> str:
    """Run a management command to its end."""
    return processes.run([PYTHON, "manage.py", *words], env=settings, doing=f"manage.py {words[0]}")


def start(crew: Crew, settings: dict[str, str], port: int) -> None:
    """Start the programs of the platform: web, worker, beat and the demonstration's mailbox."""
    say("starting web, worker and beat")
    for name, command in programs(settings, port).items():
        crew.start(name, command, env=settings, log=LOGS / f"{name}.log")


def programs(settings: dict[str, str], port: int) -> dict[str, list[str | Path]]:
    """What runs, by name."""
    web: list[str | Path] = [BIN / "gunicorn", "changeboard.wsgi", "--bind", f"127.0.0.1:{port}"]
    # A browser opens connections ahead of need, and each of them holds a thread for five seconds.
    web += ["--workers", "2", "--threads", "16", "--graceful-timeout", "3", "--access-logfile", "-"]
    web += ["--no-control-socket"]
    web += ["--reload"] if settings.get("DEBUG") == "1" else ["--preload"]
    celery: list[str | Path] = [BIN / "celery", "-A", "changeboard"]
    commands = {
        "web": web,
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "beat": [*celery, "beat", "--schedule", RUN / "beat", "--pidfile=", "--loglevel", "INFO"],
    }
    # Whoever names a mail server of their own reads the mails there.
    if settings.get("DEMO") == "1" and settings["EMAIL_URL"].startswith("smtp://127.0.0.1:"):
        commands["mailbox"] = [PYTHON, "manage.py", "demo_mailbox"]
    return commands


def _wait_for_the_first_page(crew: Crew, parent: life.Parent, port: int) -> None:
    until = time.monotonic() + FIRST_PAGE_WITHIN_SECONDS
    while time.monotonic() < until:
        _stop_if_asked(crew, parent)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise Trouble(f"no page within {FIRST_PAGE_WITHIN_SECONDS} s (see {LOGS / 'web.log'})")


def _tell(settings: dict[str, str], port: int) -> None:
    say(f"ready: http://127.0.0.1:{port}/")
    plain(f"\n         sign in as   {SIGN_INS}\n         password     changeboard")
    plain(f"         logs         {LOGS.relative_to(ROOT)}/   data  {RUN.relative_to(ROOT)}/")
    plain("         Ctrl-C ends it and keeps the data.\n")


def _watch(crew: Crew, parent: life.Parent) -> None:
    try:
        while True:
            _stop_if_asked(crew, parent)
            time.sleep(0.3)
    except KeyboardInterrupt:
        return


def _stop_if_asked(crew: Crew, parent: life.Parent) -> None:
    crew.check()
    if parent.wants_an_end():
        raise KeyboardInterrupt


def _stopping() -> None:
    life.deafen()
    plain("")
    say("stopping web, worker, beat and the private servers")
