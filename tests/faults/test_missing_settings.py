"""A missing setting in production stops the start with one clear line, whichever program starts."""

import subprocess

import pytest

from tests import stack
from tools.places import ROOT

NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")


def last_words(*command: str, without: str) -> tuple[bool, list[str]]:
    """Start a program without one setting: whether it failed, and what it said."""
    env = stack.as_on_a_server("postgres:////nowhere/changeboard")
    del env[without]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    return done.returncode != 0, (done.stdout + done.stderr).strip().splitlines()


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_setting_is_named_in_one_line(name: str) -> None:
    failed, lines = last_words("python", "manage.py", "check", without=name)
    said = f"changeboard cannot start: set the environment variable {name} (see README.md)."
    assert (
        failed,
        [line.removeprefix("django.core.exceptions.ImproperlyConfigured: ") for line in lines],
    ) == (
        True,
        [said],
    )


@pytest.mark.parametrize(
    "command",
    [
        "gunicorn changeboard.wsgi --preload --bind 127.0.0.1:0",
        "celery -A changeboard worker",
        "celery -A changeboard beat",
    ],
)
def test_every_program_of_the_platform_refuses_to_start(command: str) -> None:
    failed, lines = last_words(*command.split(), without="SITE_URL")
    assert (failed, len(lines)) == (True, 1)
