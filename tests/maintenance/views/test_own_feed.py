"""One's own calendar at a secret address: what stands in it, who may have it, and how it ends."""

from datetime import timedelta

import icalendar
import pytest

from changeboard import throttle
from maintenance.actions import scheduling
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


def events(client, feed):
    return list(icalendar.Calendar.from_ical(client.get(feed).content).walk("VEVENT"))


def test_a_window_says_the_readers_part_in_it_and_then_takes_their_time(client, reader, feed):
    WindowFactory().duties.create(role="leads", person=reader)
    (event,) = events(client, feed)
    assert str(event["DESCRIPTION"]).startswith("Your part: Leads, says Go. Planned.")
    assert (event["TRANSP"], [str(each) for each in event["CATEGORIES"].cats]) == (
        "OPAQUE",
        ["Windows", "Duties"],
    )


def test_a_cancelled_window_stays_as_cancelled_and_takes_no_time(client, reader, feed):
    window = WindowFactory()
    window.duties.create(role="leads", person=reader)
    scheduling.cancel(window, reason="Off", by=PersonFactory(release=True), at=NOW)
    (event,) = events(client, feed)
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CANCELLED", 1, "TRANSPARENT")


def test_a_lifted_freeze_stays_as_cancelled(client, feed):
    FreezeFactory(lifted_at=NOW)
    (event,) = events(client, feed)
    assert (str(event["SUMMARY"]), event["STATUS"], event["SEQUENCE"]) == (
        "Lifted: Freeze: Holiday peak",
        "CANCELLED",
        1,
    )


def test_of_one_system_only_its_windows_and_the_freezes_that_hold_for_it(client, feed):
    ris = SystemFactory(code="RIS")
    FreezeFactory()
    FreezeFactory(name="Of RIS").systems.add(ris)
    WindowFactory(system=SystemFactory(code="PACS"))
    SystemFactory(code="Biz", mark="square")
    found = [str(event["SUMMARY"]) for event in events(client, f"{feed}?system=PACS")]
    assert found == ["PACS release, PACS-2026-12", "Freeze: Holiday peak"]


def test_a_secret_address_is_kept_by_nobody_and_found_by_no_search_engine(client, feed):
    answer = client.get(feed)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-cache", "noindex, nofollow")


def test_an_address_can_be_ended(client, reader, feed):
    client.post("/calendar/feed/end/")
    assert (client.get(feed).status_code, Feed.objects.count()) == (404, 0)


def test_the_page_says_that_google_may_take_a_day_and_never_shows_an_address_again(client, reader, feed):
    page = client.get("/calendar/subscribe/").content.decode()
    secret = feed.rsplit("/", 1)[1]
    assert ("Google may take a day" in page, secret in page) == (True, False)


def test_a_program_that_asks_again_and_again_is_told_to_wait(client, feed, monkeypatch):
    statuses = [client.get(feed).status_code for _ in range(61)]
    assert (statuses[:60], statuses[60]) == ([200] * 60, 429)


@pytest.mark.parametrize(
    ("address", "forwarded", "secure", "found"),
    [
        ("192.0.2.77", "", False, "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "", False, "2001:db8:1:2::/64"),
        ("192.0.2.77", "203.0.113.9", False, "192.0.2.0/24"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", True, "203.0.113.0/24"),
        ("", "", False, "unknown"),
    ],
)
def test_a_network_is_that_of_the_asker_by_our_own_proxys_word(
    rf, settings, address, forwarded, secure, found
):
    settings.SECURE = secure
    request = rf.get("/", REMOTE_ADDR=address, headers={"X-Forwarded-For": forwarded})
    assert throttle.network(request) == found


def test_without_a_cache_nothing_is_refused(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert throttle.too_often("anything", most=0, seconds=int(timedelta(minutes=1).total_seconds())) is False
