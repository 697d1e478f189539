from datetime import date

import pytest

from maintenance.models import Window
from tests import side_bar
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


def cell(year, month, place=0):
    return year.months[month - 1].cells[place]


def test_each_month_says_planned_used_and_availability_as_clients_reckon_it(client, riding):
    WindowFactory()
    over = WindowFactory(system=Window.objects.get().system, on=date(2026, 10, 20))
    Window.objects.filter(pk=over.pk).update(
        state="completed", actual_downtime_seconds=900, finished_at=over.ends_at
    )
    year = client.get("/windows/downtime/").context["year"]
    october, december = cell(year, 10).sums, cell(year, 12).sums
    assert (october.used, october.planned, october.available) == (900, 0, 99.966)
    assert (december.used, december.planned, december.likely_worst) == (0, 300, 420)
    assert (year.totals[0].sums.expected, year.together.budget, year.together.over) == (1200, 1800, 0)


def test_a_month_with_a_change_of_clocks_is_an_hour_shorter_or_longer(client, release):
    year = client.get("/windows/downtime/?year=2027").context["year"]
    lasts = [month.together.lasts for month in year.months]
    assert (lasts[2], lasts[10], sum(lasts)) == (31 * 86_400 - 3600, 30 * 86_400 + 3600, 365 * 86_400)


@pytest.mark.parametrize("asked", ["", "nonsense", "99999999", "-1", "²"])
def test_a_year_that_is_none_shows_the_present_one(client, release, asked):
    assert client.get("/windows/downtime/", {"year": asked}).context["year"].year == 2026


@pytest.mark.parametrize("windows", [1, 3])
def test_the_year_asks_the_same_for_any_number_of_windows(
    client, release, windows, django_assert_num_queries
):
    system = SystemFactory()
    for month in range(windows):
        WindowFactory(system=system, on=date(2026, 10 + month, 20))
    with django_assert_num_queries(7 + side_bar.RELEASE_ENGINEER):
        client.get("/windows/downtime/")
