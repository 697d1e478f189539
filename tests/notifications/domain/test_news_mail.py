"""Which news goes out by mail, and when: worked examples, and the days when clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from changeboard import clock
from changeboard.people.models import MailChoice
from notifications.domain.news_mail import Choice, Line, Wish, due, last_digest

# A Tuesday, 08:00 in Chicago.
NOW = datetime(2026, 11, 17, 14, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CHICAGO = "America/Chicago"
ZONES = [CHICAGO, "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Asia/Tehran"]


def wish(choice=Choice.AT_ONCE, hour=7, every_day=True, zone=CHICAGO, since=LONG_AGO):
    return Wish(choice, hour, every_day, zone, since)


def lines(*minutes, change=1):
    """Lines of one change, so many minutes ago."""
    return [
        Line(1000 * change + place, change, NOW - timedelta(minutes=ago)) for place, ago in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("choice", "news", "mails"),
    [
        (Choice.AT_ONCE, [], []),
        (Choice.AT_ONCE, lines(1), []),
        (Choice.AT_ONCE, lines(2), [1]),
        (Choice.AT_ONCE, lines(6, 5, 4, 3, 2), [5]),
        (Choice.AT_ONCE, lines(9, 5, 1), []),
        (Choice.AT_ONCE, lines(10, 5, 1), [3]),
        (Choice.AT_ONCE, lines(5) + lines(4, change=2), [1, 1]),
        (Choice.AT_ONCE, lines(40, 30) + lines(4, change=2) + lines(1, change=3), [3]),
        (Choice.AT_ONCE, lines(7 * 24 * 60 + 1), []),
        (Choice.DAILY, lines(60), []),
        (Choice.DAILY, lines(61), [1]),
        (Choice.DAILY, lines(3 * 24 * 60, 300) + lines(90, change=2) + lines(10, change=3), [3]),
        (Choice.NONE, lines(61, 5), []),
    ],
)
def test_worked_examples(choice, news, mails):
    assert [len(batch.lines) for batch in due(wish(choice), news, NOW)] == mails


def test_nothing_from_before_the_choice_is_mailed():
    assert due(wish(since=NOW - timedelta(minutes=4)), lines(5), NOW) == []


def test_a_mail_about_one_change_names_it_and_a_digest_its_day():
    at_once, digest = due(wish(), lines(5), NOW)[0], due(wish(Choice.DAILY), lines(90), NOW)[0]
    assert (at_once.change, at_once.digest_on) == (1, None)
    assert (digest.change, digest.digest_on) == (None, date(2026, 11, 17))


@pytest.mark.parametrize(("every_day", "day"), [(True, date(2026, 11, 22)), (False, date(2026, 11, 20))])
def test_on_a_sunday_only_whoever_wants_every_day_has_a_digest(every_day, day):
    sunday = datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert last_digest(wish(Choice.DAILY, every_day=every_day), sunday)[0] == day


@given(
    zone=some.sampled_from(ZONES),
    hour=some.integers(0, 23),
    start=some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),
)
def test_each_day_begins_exactly_one_digest_at_its_hour_also_when_clocks_change(zone, hour, start):
    asked = [start.replace(tzinfo=UTC) + timedelta(minutes=30 * step) for step in range(2 * 24 * 3)]
    digests = sorted({last_digest(wish(Choice.DAILY, hour, zone=zone), at) for at in asked})
    days = [day for day, _ in digests]
    assert days == [days[0] + timedelta(days=ahead) for ahead in range(len(days))]
    assert all(
        moment == clock.at_wall(day, datetime.min.time().replace(hour=hour), zone) for day, moment in digests
    )


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2026, 3, 7), 13), (date(2026, 3, 8), 12), (date(2026, 11, 1), 13)],
)
def test_seven_in_chicago_stays_seven_when_daylight_saving_comes_and_goes(day, utc_hour):
    noon = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    moment = last_digest(wish(Choice.DAILY), noon)[1]
    assert moment == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)


def test_a_day_that_a_zone_left_out_has_no_digest():
    samoa = wish(Choice.DAILY, zone="Pacific/Apia")
    days = {
        last_digest(samoa, datetime(2011, 12, 29, 0, tzinfo=UTC) + timedelta(hours=h))[0] for h in range(72)
    }
    assert date(2011, 12, 30) not in days


def test_the_choices_are_those_of_the_profile():
    assert {choice.value for choice in Choice} == set(MailChoice.values)
