"""The public feed as calendar programs read it: icalendar and recurring-ical-events are the judges."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maintenance.actions import running, scheduling
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
FEED, ATOM = "/maintenance/calendar.ics", "/maintenance/feed.atom"
UID = "ris-2026-12@changeboard.example"
LATER = NOW + timedelta(hours=1)
YEAR = (date(2026, 11, 1), date(2027, 11, 1))


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://changeboard.example"
    settings.SECURE = False


@pytest.fixture
def release():
    return PersonFactory(release=True)


def calendar(client, query=""):
    return icalendar.Calendar.from_ical(client.get(FEED + query).content)


def seen(*calendars):
    """What a program shows that got these, one after the other: (UID, SEQUENCE, STATUS, start)."""
    merged = icalendar.Calendar()
    for each in calendars:
        for event in each.walk("VEVENT"):
            merged.add_component(event)
    found = recurring_ical_events.of(merged).between(*YEAR)
    return [(str(one["UID"]), one["SEQUENCE"], str(one["STATUS"]), one["DTSTART"].dt) for one in found]


def move(window, by, on=date(2026, 12, 17)):
    return scheduling.move(window, on=on, start_time=time(11), reason="Late", by=by, at=LATER)


def test_a_move_and_a_cancellation_come_through_as_such_in_both_judges(client, release):
    window = WindowFactory()
    made = calendar(client)
    moved = calendar(client) if move(window, release) else None
    scheduling.cancel(window, reason="Off", by=release, at=LATER)
    cancelled = calendar(client)
    first, then = datetime(2026, 12, 15, 17, tzinfo=UTC), datetime(2026, 12, 17, 17, tzinfo=UTC)
    assert seen(made) == [(UID, 0, "CONFIRMED", first)]
    assert seen(made, moved) == [(UID, 1, "CONFIRMED", then)]
    assert seen(made, moved, cancelled) == [(UID, 2, "CANCELLED", then)]


def test_a_cancelled_window_says_so_in_its_title_and_stays_for_three_months(client, release):
    window = WindowFactory()
    scheduling.cancel(window, reason="Off", by=release, at=NOW)
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False):
        (event,) = calendar(client).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Cancelled: RIS maintenance, down up to 15 minutes"


def test_a_moved_window_says_from_where_and_no_reason(client, release):
    move(WindowFactory(), release)
    (event,) = calendar(client).walk("VEVENT")
    assert str(event["DESCRIPTION"]).startswith("Moved from Tue, Dec 15, 2026, 11:00 AM CST. Placing and")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == LATER


@pytest.mark.parametrize("address", [FEED, ATOM])
def test_two_builds_at_different_times_are_the_same_bytes(client, release, address):
    move(WindowFactory(), release)
    first = client.get(address)
    with time_machine.travel(NOW + timedelta(days=6), tick=False):
        second = client.get(address)
    assert (first.content, first["ETag"], first["Last-Modified"]) == (
        second.content,
        second["ETag"],
        second["Last-Modified"],
    )


@pytest.mark.parametrize(("address", "asked"), [(FEED, 1), (ATOM, 2)])
@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_what_has_not_changed_costs_a_fixed_number_of_questions(client, address, asked, header):
    WindowFactory()
    WindowFactory(on=date(2027, 1, 19))
    known = client.get(address)[header]
    name = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers={name: known})
    assert (answer.status_code, answer.content, len(queries)) == (304, b"", asked)


@pytest.mark.parametrize("address", [FEED, ATOM])
def test_a_move_is_sent_to_whoever_knows_the_old_state(client, release, address):
    window = WindowFactory()
    first = client.get(address)
    move(window, release)
    headers = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    assert client.get(address, headers=headers).status_code == 200


def test_new_words_of_a_system_are_sent_too(client):
    system = WindowFactory().system
    known = client.get(FEED)["ETag"]
    system.stops = "Placing orders"
    system.save()
    assert client.get(FEED, headers={"If-None-Match": known}).status_code == 200


def test_a_head_request_gets_the_headers_alone(client):
    WindowFactory()
    head, whole = client.head(FEED), client.get(FEED)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])


def test_the_feed_says_what_it_is_and_who_may_keep_it(client):
    answer = client.get(FEED)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'inline; filename="maintenance.ics"'
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "X-Robots-Tag" not in answer


def test_programs_are_given_both_hints_both_names_and_a_color(client):
    WindowFactory()
    lines = client.get(f"{FEED}?system=RIS").content.decode().split("\r\n")
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "COLOR:mediumvioletred"} <= {
        *lines
    }
    names = [line.partition(":")[2] for line in lines if line.startswith(("NAME", "X-WR-CALNAME"))]
    assert names == ["Example Teleradiology: RIS maintenance"] * 2


def test_a_feed_of_one_system_leaves_out_the_others(client):
    WindowFactory()
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 16))
    assert [str(event["UID"]) for event in calendar(client, "?system=ris").walk("VEVENT")] == [UID]


@pytest.mark.parametrize("address", [FEED, ATOM, "/maintenance/"])
def test_a_system_that_there_is_not_has_no_feed(client, address):
    SystemFactory(code="RIS")
    assert client.get(f"{address}?system=NOPE").status_code == 404


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x0b", "\x85", "\u2028"])
def test_no_line_end_in_a_word_makes_a_property_of_its_own(client, end):
    system = WindowFactory(system__stops=f"Orders{end}ATTENDEE:mailto:x@y.z").system
    system.code = f"R{end}URL:http://evil.example"[:12]
    system.save()
    (event,) = calendar(client).walk("VEVENT")
    assert ("ATTENDEE" in event, str(event["URL"])) == (False, "https://changeboard.example/maintenance/")


def test_semicolons_commas_and_letters_of_four_octets_come_back_whole(client):
    words = "Befunde; ältere, \\ Bilder \N{FILM FRAMES}" + "\N{SNOWMAN}ü\N{FILM FRAMES}" * 40
    WindowFactory(system__stops=words)
    answer = client.get(FEED)
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert words in str(event["DESCRIPTION"])
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75


def test_what_is_done_says_how_long_it_was_down_under_the_same_revision(client):
    WindowFactory(
        state="completed",
        started_at=NOW,
        finished_at=LATER,
        actual_downtime_seconds=580,
        on=date(2026, 11, 23),
    )
    (event,) = calendar(client).walk("VEVENT")
    assert str(event["DESCRIPTION"]).startswith("Done. It was down 10 minutes. ")
    assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt, str(event["X-MAINTNOTE-STATUS"])) == (
        0,
        LATER,
        "COMPLETED",
    )


def test_a_new_expected_end_leaves_the_feed_as_it_is(client, release):
    window = WindowFactory(state="in_progress", started_at=NOW, on=date(2026, 11, 23))
    known = client.get(FEED)["ETag"]
    running.extend(window, expected_end_at=NOW + timedelta(hours=3), by=release, at=NOW)
    assert client.get(FEED, headers={"If-None-Match": known}).status_code == 304
