"""What everybody may know: systems and times, and nothing of what is ours."""

from datetime import date, timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maintenance.actions import scheduling
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
PAGE, FEED = "/maintenance/", "/maintenance/calendar.ics"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://changeboard.example"


def events(client):
    return icalendar.Calendar.from_ical(client.get(FEED).content).walk("VEVENT")


def test_the_page_tells_what_is_ahead_and_when(client):
    WindowFactory()
    assert b"Tue, Dec 15, 2026, 11:00\xe2\x80\x9311:15 AM CST" in client.get(PAGE).content


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("America/Denver", "Tue, Dec 15, 2026, 10:00–10:15 AM MST"),
        ("UTC", "Tue, Dec 15, 2026, 5:00–5:15 PM UTC"),
        ("Nowhere/Land", "Tue, Dec 15, 2026, 11:00–11:15 AM CST"),
    ],
)
def test_the_page_shows_its_times_in_the_reader_s_zone(client, asked, said):
    WindowFactory()
    assert said in client.get(f"{PAGE}?tz={asked}").content.decode()


@pytest.mark.parametrize("address", [PAGE, FEED])
def test_nothing_internal_is_told(client, riding, address):
    window = WindowFactory(reason="The supplier is late")
    FreezeFactory(name="Audit by the regulator", reason="They are here")
    client.logout()
    told = client.get(address).content.decode().replace("\r\n ", "")
    inside = ["CHG-", "Rebuild the index", str(riding.owner), "supplier", "regulator", "They are here"]
    assert [words for words in inside if words in told] == []
    assert (window.reference in told) is False


def test_a_window_under_way_stands_above_all_and_the_page_updates_itself(client):
    WindowFactory(state="in_progress", started_at=NOW, on=date(2026, 11, 23))
    page = client.get(PAGE)
    assert (len(page.context["public"].running), b"every 20s" in page.content) == (1, True)


def test_the_feed_says_when_what_and_how_long(client):
    WindowFactory()
    (event,) = events(client)
    assert (event["UID"], str(event["SUMMARY"]), event["STATUS"], event["SEQUENCE"]) == (
        "ris-2026-12@changeboard.example",
        "RIS maintenance, down up to 15 minutes",
        "CONFIRMED",
        0,
    )


def test_a_moved_window_keeps_its_uid_and_raises_its_sequence(client):
    window, person = WindowFactory(), PersonFactory(release=True)
    scheduling.move(
        window, on=date(2026, 12, 17), start_time=window.start_time, reason="Late", by=person, at=NOW
    )
    (event,) = events(client)
    assert (event["UID"], event["SEQUENCE"], event.decoded("DTSTART").date()) == (
        "ris-2026-12@changeboard.example",
        1,
        date(2026, 12, 17),
    )


def test_a_cancelled_window_stays_in_the_feed_as_cancelled(client):
    window = WindowFactory()
    scheduling.cancel(window, reason="Late", by=PersonFactory(release=True), at=NOW)
    assert [(event["STATUS"], event["SEQUENCE"]) for event in events(client)] == [("CANCELLED", 1)]


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_a_feed_that_has_not_changed_is_not_sent_again(client, header):
    WindowFactory()
    first = client.get(FEED)
    known = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}[header]
    assert client.get(FEED, headers={header: known}).status_code == 304


def test_a_feed_that_has_changed_is_sent(client):
    window = WindowFactory()
    etag = client.get(FEED)["ETag"]
    scheduling.cancel(window, reason="Late", by=PersonFactory(release=True), at=NOW + timedelta(hours=1))
    assert client.get(FEED, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("address", [PAGE, FEED])
def test_the_database_is_asked_as_often_for_many_windows_as_for_one(client, address):
    system = WindowFactory().system
    FreezeFactory()
    once = queries(client, address)
    for month in (1, 2):
        WindowFactory(system=system, on=date(2027, month, 19))
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    FreezeFactory(name="Another")
    assert queries(client, address) == once


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
