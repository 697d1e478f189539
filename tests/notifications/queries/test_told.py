"""Who would have to be told if a window moved: whoever was told of it, and nobody else."""

from datetime import UTC, datetime

import pytest

from maintenance.contributions import Told
from notifications.actions import ticking
from notifications.queries.told import told_by_window
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.maintenance import WindowFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)


@pytest.mark.parametrize("clients", [1, 3])
def test_who_was_told_is_counted_once_each_with_one_query(
    ris, window, mailbox, clients, django_assert_num_queries
):
    later = WindowFactory(system=ris, on=datetime(2027, 2, 16).date())
    for _ in range(clients):
        row = ClientFactory(uses=[ris], time_zone="America/Denver")
        ContactFactory(client=row), ContactFactory(client=row)
    ticking.tick(now=TWO_WEEKS)
    with django_assert_num_queries(1):
        assert told_by_window([window, later]) == {window.pk: Told(clients, 2 * clients)}


def test_whoever_could_not_be_told_is_not_among_them(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["550 no such user"]
    ticking.tick(now=TWO_WEEKS)
    assert told_by_window([window]) == {}
