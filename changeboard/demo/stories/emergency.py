"""An emergency of the day before: approved by two in minutes, done at once, its review still to come."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from changeboard import clock
from changeboard.demo.stories.changes import number_from, sheet_of
from changeboard.demo.stories.people import person
from changeboard.demo.stories.texts import EMERGENCY
from changeboard.directory.models import System
from changeboard.people.models import platform_time_zone
from changes.actions import emergency, filing, riding, talking
from changes.models import Change
from maintenance.models import Outcome, Window, WindowRevision

MINUTE = timedelta(minutes=1)


@transaction.atomic
def tell(*, now: datetime) -> int:
    """Filed, approved, done and verified within the hour, on the last day without another release."""
    if Change.objects.filter(number=EMERGENCY.number).exists():
        return 0
    at = _free(now - timedelta(hours=28))
    by = person(EMERGENCY.by)
    number_from(EMERGENCY.number)
    sheet = replace(sheet_of(EMERGENCY, at=now), kind="emergency", window=None)
    change = filing.file_and_submit(sheet, by=by, at=at)
    for minutes, username in ((4, "member6"), (9, "member2")):
        emergency.approve(change, by=person(username), at=at + minutes * MINUTE)
    window = _window(at + 20 * MINUTE)
    Change.objects.filter(pk=change.pk).update(window=window, state="scheduled")
    riding.on_run_started(window, by=person("release"), at=window.starts_at)
    riding.on_run_finished(window, backed_out=False, by=person("release"), at=window.ends_at)
    talking.say(change, "Both controllers answer. No image was lost.", by=by, at=window.ends_at + 6 * MINUTE)
    return 2


def _free(at: datetime) -> datetime:
    """The same hour on the last day on which nothing was released: one release a platform day."""
    taken = set(Window.objects.filter(starts_at__gte=at - timedelta(days=9)).values_list("on", flat=True))
    while _day(at) in taken:
        at -= timedelta(days=1)
    return at


def _day(at: datetime) -> date:
    return clock.local_date(at, platform_time_zone())


def _window(starts_at: datetime) -> Window:
    """Made for it, off cadence."""
    ends_at = starts_at + 25 * MINUTE
    there = clock.local(starts_at, platform_time_zone())
    system = System.objects.get(code=EMERGENCY.system)
    window = Window.objects.create(
        reference=f"{system.code.upper()}-{there:%Y-%m-%d}", system=system, on=there.date(),
        start_time=there.time().replace(second=0, microsecond=0), length_seconds=1500,
        starts_at=starts_at, ends_at=ends_at, zone_data=clock.zone_data(), state="completed",
        reason="Emergency: a controller of image store B fails", started_at=starts_at,
        verifying_at=ends_at, finished_at=ends_at, actual_downtime_seconds=0, outcome=Outcome.AS_PLANNED,
    )  # fmt: skip
    WindowRevision.objects.create(
        window=window,
        revision=0,
        starts_at=starts_at,
        ends_at=ends_at,
        kind="made",
        at=starts_at - 8 * MINUTE,
    )
    return window
