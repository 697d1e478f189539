"""`/metrics`: who reads it, what it says, what it costs."""

from datetime import timedelta

import pytest

from changeboard import clock
from notifications.models import Tick
from notifications.queries import operations
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def read(client, token: str = "") -> dict[str, str]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return dict(line.rsplit(" ", 1) for line in lines)


def test_a_machine_with_the_token_reads_how_the_sending_does(client, settings):
    settings.METRICS_TOKEN = "known"
    Tick.objects.create(at=clock.now() - timedelta(seconds=7))
    ContactFactory(bounced_at=clock.now())
    said = read(client, "known")
    assert (said["changeboard_tick_age_seconds"], said["changeboard_addresses_in_trouble"]) == ("7", "1")
    assert said['changeboard_notices_due{channel="chat"}'] == "0"


@pytest.mark.parametrize(
    ("token", "shown", "who", "status"),
    [
        ("", "", None, 404),
        ("", "guess", None, 404),
        ("known", "guess", None, 403),
        ("known", "", "client_services", 403),
        ("", "", "administrator", 200),
    ],
)
def test_nobody_else_reads_it(client, settings, token, shown, who, status):
    settings.METRICS_TOKEN = token
    if who:
        client.force_login(PersonFactory(**{who: True}))
    assert client.get("/metrics", headers={"Authorization": f"Bearer {shown}"}).status_code == status


@pytest.mark.parametrize("contacts", [1, 3])
def test_it_costs_the_same_few_queries_whatever_there_is(contacts, django_assert_num_queries):
    ContactFactory.create_batch(contacts, bounced_at=clock.now())
    with django_assert_num_queries(9):
        operations.operations(now=clock.now())
