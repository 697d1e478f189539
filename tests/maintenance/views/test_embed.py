"""The month inside somebody else's page."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, FreezeFactory, WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
EMBED = "/maintenance/embed/"


def month(client, query="?month=2026-12"):
    return client.get(f"{EMBED}{query}").content.decode()


def test_only_whom_the_setting_names_may_frame_it_and_every_other_page_nobody(client):
    inside, page = client.get(EMBED), client.get("/maintenance/")
    assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]
    assert ("X-Frame-Options" in inside, page["X-Frame-Options"]) == (False, "DENY")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_it_needs_no_script_and_no_cookie_and_is_in_no_search_engine(client):
    answer = client.get(EMBED)
    assert (b"<script" in answer.content, dict(answer.cookies), answer["X-Robots-Tag"]) == (
        False,
        {},
        "noindex",
    )


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("", "Tue, Dec 15, 2026, 11:00–11:15 AM CST"),
        ("Asia/Kathmandu", "Tue, Dec 15, 2026, 10:45–11:00 PM UTC+5:45"),
        ("No/Where", "Tue, Dec 15, 2026, 11:00–11:15 AM CST"),
    ],
)
def test_times_are_on_the_clock_that_is_asked_for(client, zone, said):
    WindowFactory()
    assert said in month(client, f"?month=2026-12&zone={zone}")


def test_a_window_lies_on_the_readers_day(client):
    WindowFactory(on=date(2026, 12, 31), start_time=NOW.time().replace(hour=20, minute=0))
    assert "No maintenance this month" in month(client, "?month=2026-12&zone=Pacific/Auckland")
    assert 'id="ris-2026-12"' in month(client, "?month=2027-01&zone=Pacific/Auckland")


def test_of_one_system_it_shows_the_others_not_and_keeps_to_it_from_month_to_month(client):
    WindowFactory()
    SystemFactory(code="PACS")
    page = month(client, "?month=2026-12&system=PACS")
    assert ("ris-2026-12" in page, "?month=2027-01&amp;zone=America/Chicago&amp;system=PACS" in page) == (
        False,
        True,
    )


@pytest.mark.parametrize("asked", ["1999-01", "9999-12", "soon", ""])
def test_no_month_is_a_fault_and_none_leads_out_of_what_is_kept(client, asked):
    assert client.get(f"{EMBED}?month={asked}").status_code == 200


def test_a_frozen_day_is_hatched(client):
    FreezeFactory()
    assert month(client).count("is-frozen") == 15


def test_what_has_not_changed_is_not_drawn_again_until_the_day_turns(client):
    WindowFactory()
    known = {"If-None-Match": client.get(EMBED)["ETag"]}
    assert client.get(EMBED, headers=known).status_code == 304
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert client.get(EMBED, headers=known).status_code == 200


def test_the_database_is_asked_as_often_for_many_windows_as_for_one(client, django_assert_num_queries):
    WindowFactory()
    FreezeFactory()
    with django_assert_num_queries(3):
        month(client)
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    WindowFactory(system=SystemFactory(code="Biz"), on=date(2026, 12, 2))
    FreezeFactory(name="Another")
    with django_assert_num_queries(3):
        month(client)
