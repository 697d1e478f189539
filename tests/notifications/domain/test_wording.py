from datetime import UTC, datetime, timedelta

import pytest

from notifications.domain import wording

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
END = START + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=14), "in two weeks"),
        (timedelta(days=9), "in 9 days"),
        (timedelta(days=7), "in one week"),
        (timedelta(hours=30), "tomorrow"),
        (timedelta(hours=18), "tomorrow"),
        (timedelta(hours=2), "today"),
    ],
)
def test_the_lead_is_the_true_one(before, words):
    assert wording.lead(START - before, START, "America/Denver") == words


@pytest.mark.parametrize("said", ["Call us", "Call us.", "Call us!"])
def test_a_sentence_ends_once(said):
    assert wording.ended(said) in ("Call us.", "Call us!")


@pytest.mark.parametrize(
    ("zone", "day", "span", "utc", "elsewhere"),
    [
        (
            "America/Denver",
            "Tuesday, December 15, 2026",
            "10:00–10:15 AM MST",
            "17:00–17:15 UTC",
            "11:00–11:15 AM in Chicago",
        ),
        ("America/Chicago", "Tuesday, December 15, 2026", "11:00–11:15 AM CST", "17:00–17:15 UTC", ""),
        (
            "Asia/Kathmandu",
            "Tuesday, December 15, 2026",
            "10:45–11:00 PM UTC+05:45",
            "17:00–17:15 UTC",
            "11:00–11:15 AM in Chicago",
        ),
        (
            "Australia/Sydney",
            "Wednesday, December 16, 2026",
            "4:00–4:15 AM AEDT",
            "Tue, Dec 15, 17:00–17:15 UTC",
            "Tue, Dec 15, 2026, 11:00–11:15 AM in Chicago",
        ),
    ],
)
def test_a_reader_sees_their_own_clock_then_utc_then_the_platforms(zone, day, span, utc, elsewhere):
    seen = wording.times(START, END, zone, "America/Chicago")
    assert (seen.day, seen.span, seen.utc, seen.elsewhere) == (day, span, utc, elsewhere)


def test_both_halves_of_the_day_are_named_when_noon_lies_between():
    start = datetime(2026, 12, 15, 17, 50, tzinfo=UTC)
    assert wording.span(start, start + timedelta(minutes=20), "America/Chicago") == "11:50 AM–12:10 PM CST"


def test_both_days_are_named_when_midnight_lies_between():
    start = datetime(2026, 12, 16, 5, 50, tzinfo=UTC)
    span = wording.span(start, start + timedelta(minutes=20), "America/Chicago")
    assert span == "11:50 PM CST to Wed, Dec 16, 2026, 12:10 AM CST"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (30, "30 seconds"), (60, "1 minute"), (640, "11 minutes"), (900, "15 minutes")],
)
def test_a_length_is_in_minutes_rounded_up(seconds, words):
    assert wording.length(seconds) == words


@pytest.mark.parametrize(
    ("hour", "zone", "said"),
    [
        (16, "America/Denver", "Buenos días, Alex Kim,"),
        (19, "America/Denver", "Buenas tardes, Alex Kim,"),
        (1, "America/Denver", "Buenas noches, Alex Kim,"),
        (19, "Pacific/Honolulu", "Buenos días, Alex Kim,"),
    ],
)
def test_a_reader_is_greeted_by_the_hour_of_their_own_zone(hour, zone, said):
    at = datetime(2026, 12, 15, hour, tzinfo=UTC)
    assert wording.greeting(("Buenos días", "Buenas tardes", "Buenas noches"), at, zone, "Alex Kim") == said


def test_a_mailbox_is_greeted_without_a_name():
    assert wording.greeting(("Hallo", "Hallo", "Hallo"), START, "UTC") == "Hallo,"
