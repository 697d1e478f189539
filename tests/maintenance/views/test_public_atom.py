"""The public news as a feed reader takes them (RFC 4287)."""

from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest

from maintenance import labels
from maintenance.actions import scheduling
from maintenance.models import WindowRevision
from tests.factories.maintenance import NOW, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
ATOM = "{http://www.w3.org/2005/Atom}"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://changeboard.example"


@pytest.fixture
def release():
    return PersonFactory(release=True)


def feed(client, query=""):
    return ElementTree.fromstring(client.get(f"/maintenance/feed.atom{query}").content)


def said(element, name):
    return element.findtext(ATOM + name)


def entries(client):
    return {
        said(each, "id").rpartition(":")[2]: said(each, "title") for each in feed(client).iter(f"{ATOM}entry")
    }


def test_each_happening_is_an_entry_with_a_name_of_its_own(client, release):
    window = WindowFactory()
    scheduling.move(window, on=date(2026, 12, 17), start_time=time(11), reason="Late", by=release, at=LATER)
    scheduling.cancel(window, reason="Off", by=release, at=LATER + timedelta(hours=1))
    dates = ["Tue, Dec 15, 2026, 11:00–11:15 AM CST", "Thu, Dec 17, 2026, 11:00–11:15 AM CST"]
    assert entries(client) == {
        "ris-2026-12/2": f"Cancelled: RIS maintenance on {dates[1]}",
        "ris-2026-12/1": f"No longer: Moved: RIS maintenance is now on {dates[1]}",
        "ris-2026-12/0": f"No longer: RIS maintenance on {dates[0]}",
    }


def test_what_is_under_way_and_what_is_done_are_news(client):
    WindowFactory(state="completed", started_at=NOW, finished_at=LATER, on=date(2026, 11, 23))
    assert list(entries(client)) == ["ris-2026-11/done", "ris-2026-11/under-way", "ris-2026-11/0"]


@pytest.mark.parametrize("windows", [0, 2])
def test_the_feed_has_what_rfc_4287_asks_for(client, windows):
    for month in range(windows):
        WindowFactory(on=date(2027, month + 1, 19))
    root = feed(client)
    assert (root.tag, said(root, "id")) == (f"{ATOM}feed", "tag:changeboard.example,2026:maintenance")
    assert said(root.find(f"{ATOM}author"), "name") == "Example Teleradiology"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://changeboard.example/maintenance/feed.atom"
    ids = [said(each, "id") for each in root.iter(f"{ATOM}entry")]
    assert (len(ids), len(set(ids))) == (windows, windows)
    for each in [root, *root.iter(f"{ATOM}entry")]:
        assert said(each, "title")
        assert datetime.fromisoformat(said(each, "updated")).tzinfo


def test_an_entry_is_updated_when_its_date_ceases_to_hold(client, release):
    window = WindowFactory()
    scheduling.move(window, on=date(2026, 12, 17), start_time=time(11), reason="Late", by=release, at=LATER)
    newest, first = feed(client).iter(f"{ATOM}entry")
    assert [said(first, "published"), said(first, "updated")] == [
        NOW.isoformat(),
        LATER.isoformat(),
    ]
    assert said(newest, "published") == LATER.isoformat()


def test_a_feed_of_one_system_has_a_name_and_an_address_of_its_own(client):
    WindowFactory()
    root = feed(client, "?system=RIS")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert said(root, "id") == "tag:changeboard.example,2026:maintenance/system=RIS"
    assert links["self"] == "https://changeboard.example/maintenance/feed.atom?system=RIS"


def test_angle_brackets_and_control_characters_do_no_harm(client):
    WindowFactory(system__stops="Orders <b>&\x0b\x00"[:-1])
    (entry,) = feed(client).iter(f"{ATOM}entry")
    assert said(entry, "summary").startswith("Orders &lt;b&gt;&amp;: up to 15 minutes.")


def test_every_sort_of_revision_has_a_headline_but_those_of_what_is_not_public():
    assert set(WindowRevision.Kind.values) - set(labels.NEWS) == {"impact"}
