from datetime import UTC, date, datetime, time, timedelta

import pytest

from maintenance.actions import cadence, scheduling
from maintenance.models import Window
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, CadenceFactory, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_third_tuesday_at_eleven_stays_at_eleven_through_daylight_saving():
    CadenceFactory()
    assert cadence.extend_windows(now=NOW) == 6
    assert [(window.reference, window.starts_at.hour) for window in Window.objects.all()] == [
        ("RIS-2026-12", 17), ("RIS-2027-01", 17), ("RIS-2027-02", 17),
        ("RIS-2027-03", 16), ("RIS-2027-04", 16), ("RIS-2027-05", 16),
    ]  # fmt: skip


def test_a_second_run_adds_nothing():
    CadenceFactory()
    cadence.extend_windows(now=NOW)
    assert cadence.extend_windows(now=NOW + timedelta(hours=1)) == 0


def test_a_window_moved_or_cancelled_by_hand_is_never_made_again():
    CadenceFactory()
    cadence.extend_windows(now=NOW)
    person = PersonFactory(release=True)
    first, second = Window.objects.all()[:2]
    scheduling.cancel(first, reason="A supplier is late", by=person, at=NOW)
    scheduling.move(second, on=date(2027, 1, 21), start_time=time(11), reason="Inspection", by=person, at=NOW)
    assert cadence.extend_windows(now=NOW) == 0


def test_a_date_in_a_freeze_goes_to_the_nearest_free_working_day():
    CadenceFactory()
    FreezeFactory(
        starts_at=datetime(2026, 12, 14, 6, tzinfo=UTC), ends_at=datetime(2026, 12, 18, 6, tzinfo=UTC)
    )
    cadence.extend_windows(now=NOW)
    assert Window.objects.get(cadence_on=date(2026, 12, 15)).on == date(2026, 12, 18)


def test_two_systems_never_share_a_platform_day():
    WindowFactory(system=SystemFactory(code="PACS"))
    CadenceFactory()
    cadence.extend_windows(now=NOW)
    assert Window.objects.get(cadence_on=date(2026, 12, 15)).on == date(2026, 12, 16)


def test_every_second_week_means_the_same_weeks_on_every_run():
    fortnightly = CadenceFactory(rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE")
    whole = fortnightly.dates(date(2026, 11, 1), date(2027, 2, 1))
    later = fortnightly.dates(date(2026, 12, 1), date(2027, 2, 1))
    assert later == [on for on in whole if on >= date(2026, 12, 1)]
