"""What the first page takes from windows."""

from datetime import date, datetime, timedelta

import pytest

from maintenance.queries.next_windows import next_windows
from maintenance.queries.waiting import waiting
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
EVE = datetime.fromisoformat("2026-12-14T15:40:00Z")


def titles(person, now):
    return [each.title for each in waiting(person, now=now)]


def test_each_system_shows_its_next_window_the_soonest_first():
    later = WindowFactory()
    WindowFactory(system=later.system, on=date(2027, 1, 19))
    sooner = WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    assert [each.window for each in next_windows(now=NOW)] == [sooner, later]


def test_a_next_window_sums_what_rides_on_it(riding):
    WindowFactory()
    (each,) = next_windows(now=NOW)
    assert (each.riding, each.sums.planned, each.sums.likely_worst) == (1, 300, 420)


def test_a_window_within_three_days_that_is_not_ready_waits_for_the_release_engineer(release):
    window = WindowFactory()
    assert titles(release, EVE) == [f"{window} is not ready"]


def test_a_window_further_off_does_not_wait(release):
    WindowFactory()
    assert titles(release, NOW) == []


def test_a_ready_window_does_not_wait(release, ready):
    assert titles(release, EVE) == []


def test_a_window_that_should_be_over_waits(release):
    window = WindowFactory(state="in_progress")
    late = window.ends_at + timedelta(minutes=1)
    assert titles(release, late) == [f"{window} should be over"]


def test_a_window_in_verifying_waits(release):
    window = WindowFactory(state="verifying")
    assert titles(release, window.ends_at) == [f"Verify {window}"]


def test_nothing_of_it_waits_for_an_engineer():
    WindowFactory()
    assert titles(PersonFactory(), EVE) == []
