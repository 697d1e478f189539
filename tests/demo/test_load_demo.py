"""The demonstration's data: told once, and never in production."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from changeboard.directory.models import Client
from changes.models import Change, ConflictOfInterest, Decision, Substitute
from changes.models.window_wish import WindowWish
from maintenance.models import Window


def load() -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


# An ordinary Monday; the week after a meeting that a holiday moved; a freeze; a Thursday before the meeting.
DAYS = ("2026-11-23T17:18Z", "2026-12-02T13:11Z", "2026-12-31T23:50Z", "2027-03-18T05:10Z")


@pytest.mark.django_db
@pytest.mark.parametrize("now", DAYS)
def test_it_tells_the_story_on_any_day_and_a_second_run_adds_nothing(now, time_machine):
    time_machine.move_to(now, tick=True)
    load()
    assert Client.objects.count() == 42
    assert len(set(Client.objects.values_list("time_zone", flat=True))) >= 4
    released = Window.objects.filter(state="completed").values_list("system__code", flat=True)
    assert all(11 <= count <= 13 for count in Counter(released).values())
    states = set(Change.objects.values_list("state", flat=True))
    assert {"draft", "in_review", "deferred", "scheduled", "rejected", "withdrawn", "closed"} <= states
    shown = (
        Decision.objects.filter(is_between_meetings=True),
        Substitute.objects,
        ConflictOfInterest.objects,
        WindowWish.objects.filter(ended_at=None),
    )
    assert [each.count() for each in shown] == [1, 1, 1, 1]
    assert {word.rsplit(" ", 1)[1] for word in load().strip().split(", ")} == {"0"}


def test_it_refuses_outside_demonstration_and_development(settings):
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")


def test_the_mailbox_refuses_outside_the_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_mailbox")
