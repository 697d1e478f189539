"""How a time reads (design: "Time")."""

from datetime import UTC, date, datetime, timedelta

import pytest

from changeboard import time_words

CHICAGO, DENVER = "America/Chicago", "America/Denver"
START = datetime(2026, 12, 15, 17, tzinfo=UTC)
END = START + timedelta(minutes=15)
NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)


def test_a_span_has_weekday_day_month_year_and_24_hours():
    assert time_words.span(START, END, CHICAGO) == "Tue 15 Dec 2026, 11:00–11:15"


def test_the_year_goes_where_a_heading_has_it_the_weekday_never():
    assert time_words.span(START, None, CHICAGO, year=False) == "Tue 15 Dec, 11:00"


def test_a_span_over_midnight_names_the_day_of_its_end():
    end = START + timedelta(hours=14)
    assert time_words.span(START, end, CHICAGO) == "Tue 15 Dec 2026, 11:00 – Wed 16 Dec 2026, 01:00"


def test_utc_names_its_day_when_it_is_another_one_there():
    late = datetime(2026, 12, 16, 4, tzinfo=UTC)
    assert time_words.in_utc(late, None, CHICAGO) == "Wed 16 Dec, 04:00 UTC"
    assert time_words.in_utc(START, END, CHICAGO) == "17:00–17:15 UTC"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 11, 23, 23, tzinfo=UTC), "in 6 h 48 min"),
        (datetime(2026, 11, 24, 16, tzinfo=UTC), "tomorrow"),
        (datetime(2026, 11, 30, 23, tzinfo=UTC), "in 7 days"),
        (START, "in 22 days"),
        (NOW + timedelta(seconds=30), "now"),
        (NOW - timedelta(minutes=3), "3 min ago"),
        (NOW - timedelta(days=1), "yesterday"),
        (NOW - timedelta(days=4), "4 days ago"),
    ],
)
def test_how_far_off_is_counted_in_calendar_days_of_the_zone(instant, words):
    assert time_words.ahead(instant, NOW, CHICAGO) == words


def test_a_client_reads_its_own_zone_and_locale():
    assert time_words.client_span(START, END, DENVER) == "Tuesday, December 15, 2026, 10:00–10:15 AM MST"
    assert (
        time_words.client_span(START, END, "Europe/Berlin", "en-GB")
        == "Tuesday 15 December 2026, 18:00–18:15 CET"
    )


def test_am_and_pm_are_both_said_when_they_differ():
    noon = datetime(2026, 12, 15, 17, 50, tzinfo=UTC)
    assert time_words.client_hours(noon, noon + timedelta(minutes=20), CHICAGO) == "11:50 AM–12:10 PM CST"


def test_a_zone_without_a_name_is_called_by_its_offset():
    there = START.astimezone(time_words.clock.zone("America/Sao_Paulo"))
    assert (time_words.abbreviation(there), time_words.zone_title(there)) == ("UTC−3", "UTC−3")


def test_the_abbreviation_is_spelled_out_behind_it():
    there = START.astimezone(time_words.clock.zone(CHICAGO))
    assert time_words.zone_title(there) == "Central Standard Time, UTC−6"


@pytest.mark.parametrize(("seconds", "words"), [(660, "11:00"), (30, "0:30"), (0, "0:00"), (-72, "−1:12")])
def test_downtime_is_said_in_minutes_and_seconds(seconds, words):
    assert time_words.minutes_and_seconds(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(24480, "6 h 48 min"), (7200, "2 h"), (40, "40 s")])
def test_a_length_is_spelled_without_empty_parts(seconds, words):
    assert time_words.length(seconds) == words


def test_a_day_is_a_day():
    assert time_words.day(date(2026, 12, 15)) == "Tue 15 Dec 2026"
