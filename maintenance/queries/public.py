"""What everybody may know of the maintenance: systems and times. No change, no name, no reference of ours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from maintenance import ics
from maintenance.models import Freeze, Window, WindowRevision, WindowState

BEHIND = timedelta(days=90)
OVER = (WindowState.COMPLETED, WindowState.CANCELLED)
RUNNING = (WindowState.IN_PROGRESS, WindowState.VERIFYING)


@dataclass(frozen=True)
class Public:
    """`running` is under way now; `ahead` comes, soonest first; `past` is over, newest first."""

    running: list[Window]
    ahead: list[Window]
    past: list[Window]
    freezes: list[Freeze]


def public(*, now: datetime) -> Public:
    """Three queries. What the horizon holds, and a quarter of a year back."""
    rows = Window.objects.filter(starts_at__gt=now - BEHIND, starts_at__lt=now + horizon())
    windows = list(rows.select_related("system").order_by("starts_at"))
    running = [window for window in windows if window.state in RUNNING]
    standing = [window for window in windows if window.state not in (*OVER, *RUNNING)]
    past = [window for window in reversed(windows) if window.state == WindowState.COMPLETED]
    freezes = list(Freeze.objects.ahead(now=now).filter(starts_at__lt=now + horizon()))
    return Public(running, [window for window in standing if window.ends_at > now], past[:6], freezes)


def horizon() -> timedelta:
    return timedelta(days=settings.PLANNING_HORIZON_DAYS)


def feed(*, now: datetime) -> tuple[str, datetime]:
    """The public calendar as iCalendar text, and when it last changed. Two queries.

    Cancelled windows stay in it as cancelled: a calendar that has them must hear of it.
    """
    rows = Window.objects.filter(starts_at__gt=now - BEHIND, starts_at__lt=now + horizon())
    windows = list(rows.select_related("system").order_by("starts_at"))
    stamps = stamps_of(windows)
    events = [event(window, stamps.get(window.pk, window.starts_at)) for window in windows]
    changed = max(stamps.values(), default=now.replace(minute=0, second=0, microsecond=0))
    return ics.calendar(events, name=f"{settings.PLATFORM_NAME}: maintenance"), changed


def stamps_of(windows: list[Window]) -> dict[int, datetime]:
    """By window: when its present revision came to be. One query."""
    rows = WindowRevision.objects.filter(window__in=windows).order_by("revision")
    return dict(rows.values_list("window", "at"))


def event(window: Window, stamp: datetime) -> ics.Event:
    """One window as everybody may know it."""
    up_to = f", down up to {window.budget_seconds // 60} minutes" if window.takes_downtime else ""
    system = window.system
    stops = f"{system.stops}: up to {window.budget_seconds // 60} minutes. " if window.takes_downtime else ""
    return ics.Event(
        uid=ics.uid(window.reference, host()),
        sequence=window.revision,
        stamp=stamp,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        summary=f"{system.code} maintenance{up_to}",
        description=f"{stops}{system.goes_on}" if stops else "We expect no interruption.",
        status="CANCELLED" if window.state == WindowState.CANCELLED else "CONFIRMED",
        url=f"{settings.SITE_URL}/maintenance/",
    )


def host() -> str:
    """The host that calendar UIDs stand under."""
    return urlsplit(str(settings.SITE_URL)).hostname or "changeboard.invalid"
