"""A webhook and a chat that take the call and never answer delay only their own: mails go out on time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Max, Q

from notifications.actions import reconciling
from notifications.models import Delivery
from tests import stack
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.maintenance import WindowFactory
from tests.hook_server import HookServer
from tests.notifications.conftest import mail_server, mailbox  # noqa: F401
from tools.places import BIN

MAILS, CALLS = 20, 40
# A round each five seconds, and the sending. One dead call lasts ten, and four come before a worker gives up.
ON_TIME = timedelta(seconds=10)
WORKERS = {
    "worker": ["worker", "--queues=celery", "--concurrency=2", "--hostname=mails@%h"],
    "calls": ["worker", "--queues=calls", "--pool=threads", "--concurrency=3", "--hostname=calls@%h"],
}


@pytest.fixture
def dead():
    with HookServer(waits=300) as server:
        yield server


@pytest.fixture
def window(transactional_db, dead):
    """A window of whose first notice everybody is to be told: by call at once, by mail when the calls hang."""
    ris = SystemFactory(code="RIS")
    client = ClientFactory(uses=[ris], oms_webhook_secret="known-to-both")
    for number in range(CALLS):
        ContactFactory(client=client, channel="webhook", address=f"http://127.0.0.1:{dead.port}/in/{number}")
        ContactFactory(client=client, channel="chat", address=f"json://127.0.0.1:{dead.port}/chat/{number}")
    for number in range(MAILS):
        ContactFactory(client=client, address=f"reader{number}@client.example")
    now = datetime.now(UTC).replace(microsecond=0)
    window = WindowFactory(
        system=ris, on=(now + timedelta(days=10)).date(), starts_at=now + timedelta(days=10)
    )
    reconciling.reconcile(now=now)
    return window


def programs(place) -> dict[str, list[str]]:
    celery = [str(BIN / "celery"), "--app=changeboard"]
    beat = [*celery, "beat", f"--schedule={place}/beat", "--pidfile="]
    return {name: [*celery, *words] for name, words in WORKERS.items()} | {"beat": beat}


def test_a_channel_that_is_down_delays_only_its_own(window, dead, mailbox, tmp_path, settings):  # noqa: F811
    told = Delivery.objects.filter(milestone="two_weeks")
    mails, calls = told.filter(channel="email"), told.filter(Q(channel="webhook") | Q(channel="chat"))
    env = stack.by_itself(
        connection.settings_dict["NAME"], EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}", TICK_SECONDS="5",
        REDIS_URL=settings.REDIS_URL, CHAT_SERVICES="json", PRIVATE_ADDRESSES="1",
    )  # fmt: skip
    mails.update(state="held")
    with stack.running(programs(tmp_path), env, tmp_path) as crew:
        stack.wait(lambda: {posted.path.split("/")[1] for posted in dead.posted} == {"in", "chat"}, crew)
        released_at = datetime.now(UTC)
        mails.update(state="planned", try_at=released_at)
        stack.wait(lambda: mails.filter(state="accepted").count() == MAILS, crew)
    assert mails.aggregate(latest=Max("accepted_at"))["latest"] - released_at < ON_TIME
    assert calls.filter(accepted_at__isnull=False).count() == 0
