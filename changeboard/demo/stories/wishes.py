"""A window that somebody asks for and nobody has planned yet."""

from datetime import datetime, time, timedelta

from changeboard import clock
from changeboard.directory.models import System
from changeboard.people.models import platform_time_zone
from changes.actions import wishing
from changes.models import Change
from changes.models.window_wish import WindowWish
from maintenance.domain import recurrence
from maintenance.models import Window
from maintenance.queries.standing import free_days

START, LENGTH = time(10), 1800
AHEAD = timedelta(days=35)


def tell(*, now: datetime) -> int:
    """A draft wants half an hour of Biz without downtime, five weeks from now or on the nearest free day."""
    if WindowWish.objects.exists():
        return 0
    zone = platform_time_zone()
    biz = System.objects.get(code="Biz")
    slot = recurrence.slot(clock.local_date(now + AHEAD, zone), START, zone, LENGTH)
    wanted = Window(
        system=biz, on=slot.on, start_time=START, time_zone=zone, length_seconds=LENGTH,
        starts_at=slot.starts_at, ends_at=slot.ends_at,
    )  # fmt: skip
    on = free_days(wanted, now=now, count=1)[0]
    draft = Change.objects.filter(state="draft").earliest("number")
    wishing.wish(
        draft, system=biz, on=on, start_time=START, length_seconds=LENGTH, budget_seconds=0,
        by=draft.requester, at=now,
    )  # fmt: skip
    return 1
