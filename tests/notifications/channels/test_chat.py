"""Chats and SMS through Apprise, against a real web server: what is said, and what the answer is worth."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from notifications.actions import ticking
from notifications.channels.chat import answers
from notifications.domain.backoff import Kind
from notifications.models import Delivery
from tests.factories.directory import ContactFactory
from tests.hook_server import HookServer

# 09:00 in Denver, two weeks before.
DUE = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
KEY = "T0ps3cr3tHook"


@pytest.fixture
def chat_server(settings):
    settings.CHAT_SERVICES = ["json"]
    with HookServer() as server:
        yield server


@pytest.fixture
def chat(juniper, chat_server):
    address = f"json://127.0.0.1:{chat_server.port}/hooks/{KEY}"
    return ContactFactory(client=juniper, name="Ward chat", channel="chat", address=address)


def told() -> Delivery:
    return Delivery.objects.get(milestone="two_weeks")


@pytest.mark.django_db
def test_a_chat_is_told_the_subject_and_a_few_lines_on_its_own_clock(chat, window, chat_server):
    ticking.tick(now=DUE)
    [posted] = chat_server.posted
    said = json.loads(posted.body)
    assert (posted.path, said["title"]) == (
        f"/hooks/{KEY}", "RIS maintenance on Tue, Dec 15, 2026, 10:00 AM MST: up to 15 minutes",
    )  # fmt: skip
    lines = said["message"].splitlines()
    assert lines[0] == "Tuesday, December 15, 2026, 10:00–10:15 AM MST"
    assert lines[1] == "17:00–17:15 UTC. 11:00–11:15 AM in Chicago, where we are"
    assert lines[2].startswith("What stops: Placing and looking up orders in RIS, for up to 15 minutes.")
    assert lines[3:] == ["RIS-2026-12, revision 0. http://127.0.0.1:8000/maintenance/"]
    assert (told().state, told().server_answer) == ("accepted", "JSON took it")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "state", "outcome"),
    [(404, "failed", "permanent"), (503, "planned", "temporary"), (302, "failed", "permanent")],
)
def test_what_a_chat_answers_is_tried_again_or_fails_and_is_followed_nowhere(
    chat, window, chat_server, status, state, outcome
):
    chat_server.answers = [status]
    ticking.tick(now=DUE)
    [attempt] = told().attempts.all()
    assert (told().state, attempt.outcome, len(chat_server.posted)) == (state, outcome, 1)
    assert (f"error={status}" in attempt.answer, KEY in attempt.answer) == (True, False)


@pytest.mark.django_db
def test_a_dead_chat_is_tried_again_and_no_log_knows_its_key(juniper, window, settings, capfd):
    settings.CHAT_SERVICES = ["json"]
    ContactFactory(client=juniper, channel="chat", address=f"json://user:{KEY}@127.0.0.1:1/hooks/{KEY}")
    ticking.tick(now=DUE)
    [attempt] = told().attempts.all()
    assert (told().state, attempt.outcome, KEY in capfd.readouterr().err + attempt.answer) == (
        "planned",
        "temporary",
        False,
    )


@pytest.mark.django_db
def test_a_chat_that_never_answers_leaves_it_uncertain(chat, window, chat_server, monkeypatch):
    chat_server.waits = 2
    monkeypatch.setattr("changeboard.directory.models.chat_address.READ_SECONDS", 0.3)
    ticking.tick(now=DUE)
    assert (told().state, told().uncertain) == ("planned", True)


@pytest.mark.django_db
def test_a_service_that_is_allowed_no_more_is_not_spoken_to(chat, window, chat_server, settings):
    settings.CHAT_SERVICES = ["slack"]
    ticking.tick(now=DUE)
    assert (told().state, chat_server.posted) == ("failed", [])


@pytest.mark.django_db
def test_an_address_inside_is_not_called_unless_that_is_allowed(chat, window, chat_server, settings):
    settings.PRIVATE_ADDRESSES = False
    ticking.tick(now=DUE + timedelta(seconds=1))
    assert (told().state, told().server_answer, chat_server.posted) == (
        "failed", "the address of JSON is not allowed: contact.chat_private", [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("taken", "warnings", "exceptions", "kind"),
    [
        (True, [], [], Kind.ACCEPTED),
        (False, ["Failed: error=429."], [], Kind.TEMPORARY),
        (False, ["A Connection error occurred"], ["Socket Exception: Read timed out."], Kind.UNCERTAIN),
        (
            False,
            ["A Connection error occurred"],
            ["Socket Exception: [Errno 111] Connection refused"],
            Kind.TEMPORARY,
        ),
        (False, [], [], Kind.UNCERTAIN),
        (False, ["There are no channels to notify."], [], Kind.TEMPORARY),
    ],
)
def test_an_answer_claims_no_more_than_is_known(taken, warnings, exceptions, kind):
    assert answers.judged(taken, "Slack", warnings, exceptions, "slack://a/b/c").kind is kind
