"""A rule and the words for it say the same (RFC 5545 section 3.3.10)."""

from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain import rhythm
from maintenance.domain.rhythm import MOST_APART, PLACES, Rhythm, Unit

EVERY, WEEKDAY = st.integers(1, MOST_APART), st.integers(0, 6)
MONTHLY = st.builds(Rhythm, st.just(Unit.MONTH), EVERY, WEEKDAY, st.sampled_from(sorted(PLACES)))
WEEKLY = st.builds(Rhythm, st.just(Unit.WEEK), EVERY, WEEKDAY)


@given(MONTHLY | WEEKLY)
def test_a_rhythm_is_read_back_from_its_rule(said):
    assert rhythm.read(rhythm.rule(said)) == said


@given(MONTHLY | WEEKLY)
def test_a_rule_gives_only_days_that_its_words_name(said):
    rule = rrulestr(rhythm.rule(said), dtstart=datetime(2026, 1, 1))
    dates = rule.between(datetime(2026, 1, 1), datetime(2060, 12, 31), inc=True)
    assert dates
    assert {rhythm.WEEKDAYS[on.weekday()] for on in dates} == {rhythm.WEEKDAYS[said.weekday]}
    assert rhythm.faults(rhythm.rule(said)) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=3TU", "third Tuesday of every month"),
        ("BYDAY=-1FR;FREQ=MONTHLY", "last Friday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=+1WE", "first Wednesday of every 2nd month"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU;WKST=MO", "Sunday of every 3rd week"),
        ("FREQ=WEEKLY;BYDAY=WE", "Wednesday of every week"),
    ],
)
def test_a_rule_is_said_in_words(rule, words):
    assert rhythm.words(rhythm.read(rule)) == words


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=3TU,3TH", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=WEEKLY;BYDAY=2TU", "FREQ=WEEKLY",
        "FREQ=MONTHLY;BYDAY=TU", "FREQ=YEARLY;BYDAY=3TU", "FREQ=MONTHLY;INTERVAL=13;BYDAY=3TU",
        "FREQ=MONTHLY;INTERVAL=0;BYDAY=3TU", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=TU;WKST=SU", "",
    ],
)  # fmt: skip
def test_what_words_cannot_say_stays_a_rule(rule):
    assert rhythm.read(rule) is None


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=15", []),
        ("FREQ=YEARLY;BYMONTH=3,9;BYDAY=2SU", []),
        ("every third Tuesday", ["cadence.rule_unreadable"]),
        ("FREQ=DAILY", ["cadence.rule_frequency"]),
        ("FREQ=WEEKLY;COUNT=3", ["cadence.rule_part"]),
        ("FREQ=WEEKLY;FREQ=MONTHLY", ["cadence.rule_unreadable"]),
        (
            "FREQ=HOURLY;BYHOUR=3;DTSTART=2",
            ["cadence.rule_part", "cadence.rule_unreadable", "cadence.rule_frequency"],
        ),
        ("FREQ=WEEKLY\nEXDATE:20270101", ["cadence.rule_unreadable"]),
    ],
)
def test_a_rule_that_could_make_no_window_names_every_fault(rule, codes):
    assert [reason.code for reason in rhythm.faults(rule)] == codes


def test_the_fifth_tuesday_leaves_the_months_that_have_none():
    fifth = Rhythm(Unit.MONTH, 1, 1, 5)
    rule = rrulestr(rhythm.rule(fifth), dtstart=datetime(2027, 1, 1))
    dates = [each.date() for each in rule.between(datetime(2027, 1, 1), datetime(2027, 12, 31))]
    assert [on.month for on in dates] == [3, 6, 8, 11]
    assert [month.month for month in rhythm.gaps(fifth, dates)] == [4, 5, 7, 9, 10]


def test_every_second_month_leaves_no_gap_in_the_months_between():
    dates = [date(2027, 1, 19), date(2027, 3, 16), date(2027, 5, 18)]
    assert rhythm.gaps(Rhythm(Unit.MONTH, 2, 1, 3), dates) == []
