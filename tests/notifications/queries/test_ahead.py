from datetime import timedelta

import pytest

from notifications.actions import ticking
from notifications.queries.ahead import tellings

pytestmark = pytest.mark.django_db


def states(window, now):
    return {(each.audience, each.milestone): each.words for each in tellings(window, now=now)}


def test_with_nothing_in_the_ledger_the_dates_are_those_of_the_policy(window, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = tellings(window, now=window.starts_at - timedelta(days=30))
    circle = [each.milestone for each in found if each.audience == "Wider circle"]
    assert circle == ["Two weeks", "One week", "Day of"]
    assert {each.words for each in found} == {"Planned"}


def test_a_lead_shorter_than_two_weeks_says_that_the_milestone_is_past(window):
    found = states(window, window.starts_at - timedelta(days=9))
    assert found["Wider circle", "Two weeks"] == "Past: the lead was too short"
    assert found["Wider circle", "One week"] == "Planned"


def test_what_was_sent_is_counted(desk, window, mailbox):
    now = window.starts_at - timedelta(days=13, hours=12)
    ticking.tick(now=now)
    assert states(window, now)["Clients", "Two weeks"] == "Told, 1 of 1"
