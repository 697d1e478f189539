"""What one client was told, looked for and taken away as a file."""

import csv
import io
from datetime import UTC, datetime

import pytest

from notifications.actions import ticking
from tests import side_bar
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
PAGE = "/clients/juniper-valley/told/"
# 09:00 in Denver on 1 December: the notice of two weeks before.
TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reader(client, desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS)
    client.force_login(PersonFactory())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["day_before", "two_weeks"]),
        ({"window": "ris-2026"}, ["day_before", "two_weeks"]),
        ({"window": "PACS"}, []),
        ({"last": "2026-12-01"}, ["two_weeks"]),
        ({"first": "2026-12-01", "last": "2026-12-01"}, ["two_weeks"]),
        ({"first": "2026-12-02"}, ["day_before"]),
    ],
)
def test_it_is_found_by_window_and_by_the_days_of_the_clients_own_calendar(client, asked, found):
    assert [row.milestone for row in client.get(PAGE, asked).context["rows"]] == found
    lines = list(csv.reader(io.StringIO(client.get("/clients/juniper-valley/told.csv", asked).text)))
    assert [line[3] for line in lines[1:]] == found


def test_a_day_that_is_none_is_told_beside_the_filter(client):
    answer = client.get(PAGE, {"first": "soon"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["first"])


@pytest.mark.parametrize("contacts", [1, 3])
def test_the_page_takes_the_same_queries_for_one_reader_and_three(
    client, juniper, contacts, django_assert_num_queries
):
    ContactFactory.create_batch(contacts, client=juniper)
    ticking.tick(now=TWO_WEEKS)
    with django_assert_num_queries(5 + side_bar.QUERIES):
        client.get(PAGE)
