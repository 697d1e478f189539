"""The share of emergencies by month, and its trend."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from changeboard.insights import charts, emergencies
from changeboard.insights.emergencies import Month, month_before, trend
from changes.models import Change
from tests.factories.changes import AT, a_draft, a_sheet, a_submitted
from tests.factories.people import PersonFactory


def quarters(*pairs):
    return [Month(date(2026, number, 1), total, urgent) for number, (total, urgent) in enumerate(pairs, 1)]


@pytest.mark.parametrize(
    ("urgent", "way"),
    [((0, 0, 0, 1, 1, 0), "rising"), ((2, 0, 1, 0, 0, 0), "falling"), ((1, 0, 0, 0, 0, 1), "steady")],
)
def test_three_months_are_held_against_the_three_before(urgent, way):
    assert trend(quarters(*((10, each) for each in urgent))).way == way


def test_months_without_changes_share_nothing():
    found = trend(quarters(*[(0, 0)] * 6))
    assert (found.share, found.was, found.way, found.total) == (0.0, 0.0, "steady", 0)


@pytest.mark.parametrize(
    ("back", "first"), [(0, date(2026, 1, 1)), (1, date(2025, 12, 1)), (13, date(2024, 12, 1))]
)
def test_months_are_counted_back_over_the_year(back, first):
    assert month_before(date(2026, 1, 31), back) == first


def test_no_column_is_higher_than_the_drawing():
    columns = charts.columns(quarters((10, 0), (10, 1), (1, 1)))
    assert [(each.height, each.y) for each in columns] == [(0.0, 150.0), (12.0, 138.0), (120.0, 30.0)]


@pytest.mark.django_db
def test_a_month_begins_at_midnight_on_the_platform(django_assert_num_queries):
    # 23:30 on 31 October in Chicago, and what was never submitted.
    a_submitted(a_sheet(kind="emergency"), at=datetime(2026, 11, 1, 4, 30, tzinfo=UTC))
    a_submitted()
    a_draft()
    with django_assert_num_queries(1):
        found = emergencies.months(now=AT)
    assert found[-2:] == [Month(date(2026, 10, 1), 1, 1), Month(date(2026, 11, 1), 1, 0)]
    assert (len(found), found[0].on) == (12, date(2025, 12, 1))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_shows_it_in_a_fixed_number_of_queries(client, count, django_assert_num_queries):
    for day in range(count):
        a_submitted(a_sheet(kind="emergency"), at=AT - timedelta(days=40 * day))
    client.force_login(PersonFactory())
    with time_machine.travel(AT, tick=False):
        client.get("/insights/")
        with django_assert_num_queries(13):
            page = client.get("/insights/").content.decode()
    assert (Change.objects.count(), "Share of emergencies" in page) == (count, True)
