"""Where mail, page, calendar and clock told different stories elsewhere; and what was left open unseen.

The names after "seen in" are the public threads that told of it.
"""

from datetime import date, time, timedelta

import icalendar
import pytest
import time_machine

from changeboard import clock
from changeboard.directory.actions.clients import rotate_oms_key
from changes.actions import filing
from changes.models import Change
from maintenance.actions import cadence, running, scheduling
from maintenance.models import Window
from tests.factories.changes import AT, a_scheduled
from tests.factories.maintenance import NOW, CadenceFactory, WindowFactory
from tests.factories.people import PersonFactory
from tests.factories.templates import a_standard_sheet, a_template
from tests.field.conftest import HOUR, MINUTE, START, TWO_WEEKS

pytestmark = pytest.mark.django_db


def test_mail_page_and_order_system_say_the_same_instant_and_name_its_zone(
    desk, juniper, window, mailbox, rounds, client
):
    """The mail said 07:00, the page 08:00. Seen in Kener #767."""
    rounds(TWO_WEEKS)
    [mail] = mailbox.to(desk.address)
    assert "10:00–10:15 AM MST" in mail.get_body(("plain",)).get_content()
    with time_machine.travel(START - 30 * MINUTE, tick=False):
        page = client.get("/maintenance/").content.decode()
        assert "11:00–11:15 AM" in page
        assert "17:00–17:15 UTC" in page
        key = rotate_oms_key(juniper, by=None, at=START - HOUR)
        headers = {"authorization": f"Bearer {key}"}
        answer = client.get("/api/v1/point-of-service/", headers=headers).json()
    assert (answer["starts_at"], answer["headline"]) == ("2026-12-15T17:00:00Z", "Maintenance at 10:00 AM.")


def test_windows_keep_their_local_hour_over_daylight_saving_and_reach_six_months():
    """Recurrence worked out in UTC drifted by an hour; windows were made seven days ahead only.
    Seen in uptime-kuma #6233, gatus #327."""
    CadenceFactory()
    cadence.extend_windows(now=NOW)
    starts = [window.starts_at for window in Window.objects.order_by("starts_at")]
    assert {clock.local(at, "America/Chicago").time() for at in starts} == {time(11)}
    assert len({at.time() for at in starts}) == 2
    # The third Tuesday of May: the next one lies beyond the 183 days of the horizon.
    assert clock.local_date(starts[-1], "America/Chicago") == date(2027, 5, 18)


def test_a_cancelled_window_is_cancelled_in_every_calendar_under_a_higher_sequence(client, release):
    """A feed made TENTATIVE of a cancelled event, and had no SEQUENCE. Seen in netbox-circuitmaintenance."""
    with time_machine.travel(NOW, tick=False):
        window = WindowFactory()
        before = _event(client)
        scheduling.cancel(window, reason="No longer needed", by=release, at=NOW)
        after = _event(client)
    assert (after["UID"], str(after["STATUS"])) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def _event(client):
    [event] = icalendar.Calendar.from_ical(client.get("/maintenance/calendar.ics").content).walk("VEVENT")
    return event


def test_running_over_and_finishing_are_told_when_they_happen(
    desk, juniper, order_system, under_way, done, mailbox, rounds, release
):
    """Finishing early and running over were not told. Seen in Kener #722, staytus #220, uptime-kuma #3240."""
    desk.wants_point_of_service = True
    desk.save()
    later = START + 10 * MINUTE
    running.extend(under_way, expected_end_at=START + 40 * MINUTE, by=release, at=later)
    rounds(later + MINUTE)
    done(under_way, START + 25 * MINUTE)
    rounds(START + 26 * MINUTE)
    extended, over = mailbox.subjects(desk.address)[-2:]
    assert extended.startswith("Longer than planned")
    assert over.startswith("Done")


def test_a_pipeline_asks_once_whether_it_may_until_when_and_why_not(under_way, client, release):
    """Pipelines polled by hand, and hung. Seen in manual-approval #15, azure-devops-docs #5876."""
    with time_machine.travel(START + MINUTE, tick=False):
        client.force_login(release)
        during = client.get("/api/v1/open/?system=RIS").json()
    running.finish(under_way, by=release, at=START + 10 * MINUTE)
    with time_machine.travel(START + 11 * MINUTE, tick=False):
        after = client.get("/api/v1/open/?system=RIS").json()
    assert (during["allowed"], during["window"], during["until"]) == (
        True, "RIS-2026-12", "2026-12-15T17:15:00Z",
    )  # fmt: skip
    assert (after["allowed"], after["why"]) == (False, "verifying")


def test_a_standard_change_is_scheduled_as_soon_as_it_is_filed():
    """Three boards and fifteen days to become a standard change. Told in practitioners' forums."""
    window = WindowFactory()
    person = PersonFactory()
    change = filing.file(a_standard_sheet(a_template(), on=window), by=person, at=AT)
    change = filing.submit(change, by=person, at=AT + timedelta(seconds=40))
    assert (change.state, change.window, change.agenda_items.count()) == ("scheduled", window, 0)


def test_a_change_left_open_past_its_window_is_named_to_somebody():
    """Changes were left open past their end, and nobody saw. Told in the ServiceNow community."""
    window = WindowFactory()
    change = a_scheduled(window)
    Change.objects.filter(pk=change.pk).update(state="in_progress")
    Window.objects.filter(pk=window.pk).update(state="in_progress")
    assert list(Change.objects.overdue(now=window.ends_at + 2 * HOUR)) == [change]
    assert list(Change.objects.overdue(now=window.ends_at)) == []
