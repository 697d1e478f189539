"""Notices on the calendar: counted by the days of whoever reads them, and client by client."""

from datetime import UTC, datetime

import pytest

from notifications.actions import ticking
from notifications.queries.entries import entries
from tests.factories.directory import ClientFactory, ContactFactory

pytestmark = pytest.mark.django_db
TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
SPAN = (datetime(2026, 11, 29, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC))


@pytest.fixture
def told(desk, ris, window):
    """Two weeks before, Juniper in the mountains and a client in Auckland, four hours later, are told."""
    far = ClientFactory(name="Far Bay", uses=[ris], time_zone="Pacific/Auckland")
    ContactFactory(client=far)
    ticking.tick(now=TWO_WEEKS.replace(day=1, month=11))
    return far


def lines(**asked):
    return [(f"{each.starts_at:%d %H}", each.title, each.detail) for each in entries(*SPAN, **asked)]


def test_a_milestone_is_one_line_a_day_of_the_platform(told):
    assert lines() == [("01 16", "RIS two weeks", "2 clients"), ("14 16", "RIS day before", "2 clients")]


def test_days_are_those_of_the_zone_that_is_read(told):
    assert lines(zone="Asia/Karachi")[:2] == [
        ("01 16", "RIS two weeks", "1 client"),
        ("01 20", "RIS two weeks", "1 client"),
    ]


def test_a_client_sees_its_own_notices_counted_by_contacts(told, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = lines(client=told)
    assert found == [("01 20", "RIS two weeks", "1 contact"), ("14 20", "RIS day before", "1 contact")]
