"""`make lint`: style, types, imports, templates, migrations and the deployment check; all to their end."""

import subprocess
import time
from pathlib import Path

from tools import venv
from tools.places import BIN, PYTHON, ROOT, environment
from tools.say import plain, say

PACKAGES = ("changeboard", "changes", "maintenance", "notifications", "tools")
# As on a server; nobody answers at the addresses, and nothing here asks them.
PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "only-the-check-sees-this-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "changeboard.example",
    "SITE_URL": "https://changeboard.example",
    "DATABASE_URL": "postgres:////nowhere/changeboard",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DJANGO_SETTINGS_MODULE": "changeboard.settings",
}


def main() -> int:
    """Run every check, say what each found; 1 when any found something."""
    venv.ready()
    env = {**environment(), **PRODUCTION}
    results = [_passes(name, command, env) for name, command in checks().items()]
    return int(not all(results))


def checks() -> dict[str, list[str | Path]]:
    """The checks by name."""
    manage: list[str | Path] = [PYTHON, "-W", "ignore::RuntimeWarning", "manage.py"]
    return {
        "ruff check": [BIN / "ruff", "check", "."],
        "ruff format": [BIN / "ruff", "format", "--check", "."],
        "mypy": [BIN / "mypy", *PACKAGES],
        "import contracts": [BIN / "lint-imports", "--no-logo"],
        "templates": [BIN / "djlint", "templates", "--lint", "--quiet"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "deployment": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }


def _passes(name: str, command: list[str | Path], env: dict[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    took = time.monotonic() - started
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name}  ({took:.1f} s)")
    if done.returncode:
        plain((done.stdout + done.stderr).rstrip())
    return done.returncode == 0
