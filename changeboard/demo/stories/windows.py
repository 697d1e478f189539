"""Cadences, six months of windows ahead, who does what on the next ones, and the holiday freeze."""

from datetime import date, datetime, time, timedelta

from django.db.models import F

from changeboard import clock
from changeboard.demo.stories.people import person
from changeboard.directory.models import System
from changeboard.people.models import platform_time_zone
from maintenance.actions import cadence as verbs
from maintenance.actions import freezing, sharing
from maintenance.domain.shares import Share
from maintenance.models import Cadence, Duty, Window, WindowRevision

# system, rule, start, minutes, minutes of downtime
CADENCES = (
    ("Biz", "FREQ=MONTHLY;BYDAY=1WE", time(14), 60, 0),
    ("PACS", "FREQ=MONTHLY;BYDAY=2WE", time(10), 90, 0),
    ("RIS", "FREQ=MONTHLY;BYDAY=3TU", time(11), 15, 15),
)
DUTIES = {
    Duty.Role.LEADS: "release",
    Duty.Role.NETWORK: "engineer",
    Duty.Role.DATABASE: "engineer2",
    Duty.Role.VERIFIES: "member6",
    Duty.Role.TELLS_CLIENTS: "clientservices",
}


def tell(*, now: datetime) -> int:
    """Rules, and what follows from them."""
    if Cadence.objects.exists():
        return 0
    for code, rule, start, minutes, down in CADENCES:
        Cadence.objects.create(
            system=System.objects.get(code=code), rrule=rule, start_time=start,
            length_seconds=60 * minutes, budget_seconds=60 * down,
        )  # fmt: skip
    _freeze(now)
    made = verbs.extend_windows(now=now)
    people = {role: person(username) for role, username in DUTIES.items()}
    Duty.objects.bulk_create(
        Duty(window=window, role=role, person=who)
        for window in Window.objects.filter(starts_at__lt=now + timedelta(days=70))
        for role, who in people.items()
    )
    _keep_some(now)
    _made_in_time(now)
    return made + len(CADENCES)


def _keep_some(now: datetime) -> None:
    """Two minutes of the third RIS window ahead are kept for something that is not filed yet."""
    window = Window.objects.upcoming(now=now).filter(system__code="RIS")[2]
    share = Share("the new image archive", 120)
    reason = "Operations asked for two minutes early in the year"
    sharing.split(window, [share], reason=reason, by=person("release"), at=now)


def _freeze(now: datetime) -> None:
    """The holiday peak: nothing is released from 19 December to 3 January."""
    year = now.year if now.date() < date(now.year, 12, 27) else now.year + 1
    zone = platform_time_zone()
    freezing.create(
        name="Holiday peak",
        starts_at=clock.at_wall(date(year, 12, 19), time(0), zone),
        ends_at=clock.at_wall(date(year + 1, 1, 4), time(0), zone),
        systems=[],
        hard=True,
        reason="The busiest days of the year",
        by=person("release"),
        at=now,
    )


def _made_in_time(now: datetime) -> None:
    """Planning starts six months ahead: what is near was made long ago, so that every contract's lead is kept."""
    near = WindowRevision.objects.filter(starts_at__lt=now + timedelta(days=60))
    near.update(at=F("starts_at") - timedelta(days=180))
