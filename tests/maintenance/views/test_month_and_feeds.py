"""The month, the months ahead and one's own feed, as somebody who is signed in sees them."""

from datetime import date, timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maintenance.models import Feed
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, CadenceFactory, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
ELSEWHERE = (date(2027, 1, 19), date(2027, 2, 16))


@pytest.fixture
def reader(client):
    person = PersonFactory(time_zone="America/Denver")
    client.force_login(person)
    return person


@pytest.fixture
def feed(client, reader):
    """The address of the reader's own feed, as the page shows it once."""
    return client.post("/calendar/feed/").context["address"]


def month(client, query="month=2026-12"):
    return client.get(f"/calendar/?{query}").context["month"]


def days(shown):
    return {day.on: day for week in shown.weeks for day in week}


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


def test_a_window_stands_on_its_platform_day_with_its_budget(client, reader):
    window = WindowFactory()
    (line,) = days(month(client))[date(2026, 12, 15)].windows
    assert (line.window, line.sums.budget) == (window, 900)


def test_the_month_is_whole_weeks_from_sunday_to_saturday(client, reader):
    shown = list(days(month(client)))
    assert (shown[0], shown[-1], len(shown)) == (date(2026, 11, 29), date(2027, 1, 2), 35)


@pytest.mark.parametrize(
    "asked", ["", "month=", "month=soon", "month=2026-13", "month=0001-01", "month=9999-12"]
)
def test_without_a_month_that_there_is_the_present_one_is_shown(client, reader, asked):
    assert month(client, asked).first == date(2026, 11, 1)


def test_the_month_before_january_is_december(client, reader):
    shown = month(client, "month=2027-01")
    assert (shown.previous, shown.following) == (date(2026, 12, 1), date(2027, 2, 1))


def test_today_is_marked_on_the_platform_s_day(client, reader):
    assert [day.on for day in days(month(client, "")).values() if day.is_today] == [date(2026, 11, 23)]


def test_what_rides_and_what_of_it_is_at_short_notice_is_counted(client, riding):
    WindowFactory()
    (line,) = days(month(client))[date(2026, 12, 15)].windows
    assert (line.riding, line.short_notice) == (1, 1)


def test_a_freeze_until_midnight_lasts_until_the_day_before(client, reader):
    FreezeFactory()
    shown = days(month(client, "month=2027-01"))
    assert [day.on for day in shown.values() if day.freezes][-1] == date(2027, 1, 3)


def test_where_a_freeze_begins_the_list_says_its_last_day(client, reader):
    FreezeFactory()
    page = client.get("/calendar/?month=2026-12").content.decode()
    assert 'until <time datetime="2027-01-03">Sun 3 Jan 2027</time>' in page


def test_a_cancelled_window_stays_to_be_seen_and_is_not_counted(client, reader):
    WindowFactory(state="cancelled")
    shown = month(client)
    assert (len(days(shown)[date(2026, 12, 15)].windows), shown.windows) == (1, 0)


def test_the_month_can_be_had_for_one_system(client, reader):
    WindowFactory()
    assert month(client, "month=2026-12&shown=1&system=PACS").windows == 0


def test_times_can_be_had_in_one_s_own_zone(client, reader):
    WindowFactory()
    assert b"10:00\xe2\x80\x9310:15" in client.get("/calendar/?month=2026-12&tz=mine").content


@pytest.mark.parametrize("address", ["/calendar/?month=2026-12", "/calendar/horizon/"])
def test_the_pages_ask_the_database_as_often_for_many_windows_as_for_one(client, reader, address):
    WindowFactory()
    FreezeFactory()
    queries(client, address)
    once = queries(client, address)
    three_more()
    assert queries(client, address) == once


def test_the_horizon_reaches_from_the_next_window_to_its_own_end(client, reader):
    WindowFactory(on=date(2026, 11, 17), state="completed", finished_at=NOW)
    WindowFactory()
    horizon = client.get("/calendar/horizon/").context["horizon"]
    assert (horizon.months[0], horizon.months[-1], horizon.ends_on) == (
        date(2026, 12, 1),
        date(2027, 5, 1),
        date(2027, 5, 25),
    )


def test_the_horizon_has_each_system_s_windows_month_by_month(client, reader):
    system = WindowFactory().system
    for on in ELSEWHERE:
        WindowFactory(system=system, on=on)
    CadenceFactory(system=system)
    (row,) = client.get("/calendar/horizon/").context["horizon"].systems
    assert ([len(month) for month in row.months], row.rhythm) == ([1, 1, 1, 0, 0, 0], "third Tue, 11:00")


def test_a_freeze_over_the_new_year_is_said_in_both_months(client, reader):
    WindowFactory()
    FreezeFactory()
    freezes = client.get("/calendar/horizon/").context["horizon"].freezes
    assert [[frozen.begins for frozen in month] for month in freezes[:3]] == [[True], [False], []]


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


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/horizon/"])
def test_whoever_is_not_signed_in_is_asked_to(client, address):
    assert client.get(address).url == f"/sign-in/?next={address}"
