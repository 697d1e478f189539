"""Webhooks against a real web server: signed, or not sent; followed nowhere; in time, or given up."""

import time
from datetime import UTC, datetime

import pytest

from notifications.actions import ticking
from notifications.channels import signed_post
from notifications.domain import signing
from notifications.domain.backoff import Kind
from notifications.models import Delivery
from tests.factories.directory import ContactFactory
from tests.hook_server import HookServer

DUE = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
SECRET = "known-to-both"


@pytest.fixture
def server():
    with HookServer() as hooks:
        yield hooks


def post(server: HookServer, secret: str = SECRET):
    return signed_post.post(f"http://127.0.0.1:{server.port}/in", secret, b"{}", "<one@x>", at=DUE)


@pytest.fixture
def hook(juniper, server):
    juniper.oms_webhook_secret = SECRET
    juniper.save()
    return ContactFactory(client=juniper, channel="webhook", address=f"http://127.0.0.1:{server.port}/in")


@pytest.mark.django_db
def test_a_webhook_is_signed_with_its_clients_secret(hook, window, server):
    ticking.tick(now=DUE)
    [posted] = server.posted
    signed = posted.headers["X-Changeboard-Signature"]
    assert signing.is_genuine(SECRET, posted.body, signed, int(DUE.timestamp()))


@pytest.mark.django_db
@pytest.mark.parametrize("channel", ["webhook", "oms"])
def test_without_a_secret_nothing_is_sent_and_it_fails_aloud(hook, juniper, window, server, channel):
    juniper.oms_webhook_secret, juniper.oms_webhook_url = "", hook.address
    juniper.save()
    type(hook).objects.filter(pk=hook.pk).update(channel=channel)
    ticking.tick(now=DUE if channel == "webhook" else window.starts_at)
    [told] = Delivery.objects.unsettled()
    assert (told.state, told.server_answer, server.posted) == ("failed", signed_post.UNSIGNED, [])


def test_a_redirect_is_followed_nowhere(server):
    server.answers = [302]
    assert (post(server).kind, len(server.posted)) == (Kind.PERMANENT, 1)


def test_an_address_inside_is_not_called_unless_that_is_allowed(server, settings):
    settings.PRIVATE_ADDRESSES = False
    answer = post(server)
    assert (answer.kind, answer.text, server.posted) == (Kind.PERMANENT, signed_post.INSIDE, [])


def test_a_server_that_keeps_silent_holds_no_sender_past_its_time(server, monkeypatch):
    server.waits = 3
    monkeypatch.setattr(signed_post, "SECONDS", 0.3)
    began = time.monotonic()
    assert (post(server).kind, time.monotonic() - began < 2) == (Kind.UNCERTAIN, True)
