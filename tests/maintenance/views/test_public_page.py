"""What everybody may know: systems and times, and nothing of what is ours."""

from datetime import UTC, date, datetime, time, timedelta

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


def test_the_zone_that_was_detected_is_kept_and_what_is_chosen_by_hand_is_remembered(client):
    WindowFactory()
    client.cookies["zone"] = "America/Denver"
    assert "10:00–10:15 AM MST" in client.get(PAGE).content.decode()
    chosen = client.get(f"{PAGE}?tz=Europe/Berlin")
    assert (chosen.cookies["zone"].value, chosen.cookies["zone"]["path"]) == ("Europe/Berlin", PAGE)
    assert "6:00–6:15 PM CET" in client.get(PAGE).content.decode()


def test_utc_stands_beside_every_time(client):
    WindowFactory()
    assert "17:00–17:15 UTC" in client.get(PAGE).content.decode()


def test_a_page_that_asks_whether_anything_changed_is_told_no_until_it_did(client):
    window = WindowFactory(state="in_progress", started_at=NOW, on=date(2026, 11, 23))
    headers = {"HX-Request": "true", "If-None-Match": client.get(PAGE).context["etag"]}
    assert client.get(PAGE, headers=headers).status_code == 304
    window.expected_end_at = NOW + timedelta(hours=2)
    window.save()
    later = client.get(PAGE, headers=headers)
    assert "takes longer than planned. We expect to be back at <b>12:12 PM CST</b>" in later.content.decode()


def test_a_page_that_is_opened_anew_is_always_drawn(client):
    tag = client.get(PAGE).context["etag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 200


def test_what_was_called_off_or_moved_says_so_until_its_day_is_over(client):
    person = PersonFactory(release=True)
    scheduling.cancel(WindowFactory(), reason="Off", by=person, at=NOW)
    pacs = WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    scheduling.move(pacs, on=date(2026, 12, 10), start_time=time(10), reason="Late", by=person, at=NOW)
    page = client.get(PAGE).content.decode()
    assert (
        "Cancelled. Nothing happens then" in page,
        "Moved from Wed, Dec 9, 2026, 11:00 AM CST" in page,
    ) == (
        True,
        True,
    )


def test_what_was_done_within_ninety_days_is_told_with_how_long_it_took(client):
    for on, down in ((date(2026, 10, 20), 580), (date(2026, 8, 18), 900)):
        at = datetime.combine(on, time(17), UTC)
        WindowFactory(on=on, state="completed", started_at=at, finished_at=at, actual_downtime_seconds=down)
    page = client.get(PAGE)
    assert [window.key for window in page.context["public"].past] == ["ris-2026-10"]
    assert "Down 9:40 min of at most 15 min" in page.content.decode()
