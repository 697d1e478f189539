"""The demonstration's data: told once, and never in production."""

import io

import pytest
from django.core.management import CommandError, call_command

from changeboard.directory.models import Client
from changes.models import Change
from maintenance.models import Window


def load() -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_it_tells_the_story_and_a_second_run_adds_nothing():
    load()
    assert Client.objects.count() == 42
    assert len(set(Client.objects.values_list("time_zone", flat=True))) >= 4
    assert Window.objects.filter(state="completed").count() == 36
    states = set(Change.objects.values_list("state", flat=True))
    assert {"draft", "in_review", "deferred", "scheduled", "rejected", "withdrawn", "closed"} <= states
    assert {word.rsplit(" ", 1)[1] for word in load().strip().split(", ")} == {"0"}


def test_it_refuses_outside_demonstration_and_development(settings):
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")


def test_the_mailbox_refuses_outside_the_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_mailbox")
