"""One's own feed, as somebody who is signed in has it."""

from datetime import date, timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maintenance.models import Feed
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


@pytest.fixture
def reader(client):
    person = PersonFactory(time_zone="America/Denver")
    client.force_login(person)
    return person


@pytest.fixture
def feed(client, reader):
    """The address of the reader's own feed, as the page shows it once."""
    return client.post("/calendar/feed/").context["address"]


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def three_more():
    for system, on in (("PACS", date(2026, 12, 16)), ("BIZ", date(2026, 12, 17))):
        WindowFactory(system=SystemFactory(code=system), on=on)
    for weeks in (0, 2):
        FreezeFactory(name=f"Peak {weeks}", starts_at=NOW + timedelta(weeks=weeks + 2))


def test_a_feed_of_one_s_own_has_the_windows_and_the_freezes(client, feed):
    window = WindowFactory()
    FreezeFactory()
    client.logout()
    answer = client.get(feed)
    read = icalendar.Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(event["SUMMARY"]) for event in read.walk("VEVENT")] == [
        f"RIS release, {window}",
        "Freeze: Holiday peak",
    ]


def test_an_unknown_secret_opens_nothing(client):
    assert client.get("/calendar/feed/not-a-secret.ics").status_code == 404


def test_a_new_address_ends_the_old_one(client, feed):
    client.post("/calendar/feed/")
    assert (client.get(feed).status_code, Feed.objects.count()) == (404, 1)


def test_whoever_left_has_no_feed(client, reader, feed):
    reader.is_active = False
    reader.save()
    assert client.get(feed).status_code == 404


def test_the_secret_is_not_kept(client, reader, feed):
    secret = feed.rsplit("/", 1)[1].removesuffix(".ics")
    assert secret not in Feed.objects.get(person=reader).secret_digest


def test_an_address_is_made_by_post_only(client, reader):
    assert (client.get("/calendar/feed/").status_code, Feed.objects.count()) == (405, 0)


def test_a_feed_that_has_not_changed_is_not_sent_again(client, feed):
    WindowFactory()
    etag = client.get(feed)["ETag"]
    assert client.get(feed, headers={"If-None-Match": etag}).status_code == 304


def test_a_feed_asks_the_database_as_often_for_many_windows_as_for_one(client, feed):
    WindowFactory()
    FreezeFactory()
    once = queries(client, feed)
    three_more()
    assert queries(client, feed) == once
