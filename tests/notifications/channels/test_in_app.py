"""In changeboard: a notice waits for a group until somebody of it has read it."""

from datetime import UTC, datetime

import pytest

from changeboard.people.models import Group
from notifications.actions import ticking
from notifications.models import Delivery
from notifications.queries import waiting
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
# 09:00 in Chicago, two weeks before.
DUE = datetime(2026, 12, 1, 15, 0, 20, tzinfo=UTC)


@pytest.fixture
def sales(window):
    group = Group.objects.create(name="Sales", slug="sales-people", position=90)
    ContactFactory(client=None, group=group, channel="in_app", address="", name="Sales page")
    ticking.tick(now=DUE)
    return group


def told(group: Group) -> Delivery:
    return Delivery.objects.get(contact__group=group, milestone="two_weeks")


def test_it_waits_on_the_page_of_each_member_until_one_has_read_it(sales, client, time_machine):
    time_machine.move_to(DUE, tick=False)
    kim, lee = PersonFactory(group=sales), PersonFactory(group=sales)
    [thing] = waiting.waiting(lee, now=DUE)
    client.force_login(kim)
    page = client.get(thing.url)
    answers = [client.post(thing.url).status_code for _ in range(2)]
    row = told(sales)
    assert ("RIS-2026-12" in page.text, thing.title, answers) == (True, row.subject, [302, 302])
    assert (row.state, row.acknowledged_by, row.attempts.count()) == ("acknowledged", str(kim), 2)
    assert waiting.waiting(lee, now=DUE) == []


def test_nobody_of_another_group_reads_it(sales, client):
    client.force_login(PersonFactory())
    url = f"/notices/in-changeboard/{told(sales).pk}/"
    assert (client.get(url).status_code, client.post(url).status_code, told(sales).state) == (
        403,
        403,
        "offered",
    )
