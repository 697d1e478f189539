"""A person's own calendar: windows with what rides on them, freezes, and what the floors above add."""

from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings

from changeboard.people.models import digest
from maintenance import ics
from maintenance.contributions import Entry, contributors
from maintenance.models import Feed, Freeze, Window, WindowState
from maintenance.queries import lists
from maintenance.queries.lists import Line
from maintenance.queries.public import host, stamps_of

BEHIND, AHEAD = timedelta(days=31), timedelta(days=200)


def owner_of(secret: str) -> Feed | None:
    """Whose feed this secret opens; nobody's when the person left. One query."""
    found = Feed.objects.filter(secret_digest=digest(secret), person__is_active=True)
    return found.select_related("person").first()


def text(*, now: datetime) -> str:
    """The calendar as everybody who is signed in may see it. Seven queries."""
    start, end = now - BEHIND, now + AHEAD
    windows = list(Window.objects.filter(starts_at__lt=end, ends_at__gt=start).select_related("system"))
    stamps = stamps_of(windows)
    lines = lists.lines(windows)
    entries = chain.from_iterable(each.entries(start, end) for each in contributors())
    events = [
        *(_window(line, stamps.get(line.window.pk, line.window.starts_at)) for line in lines),
        *(_freeze(freeze) for freeze in Freeze.objects.between(start, end)),
        *(_entry(entry) for entry in entries if entry.kind == "meeting"),
    ]
    return ics.calendar(events, name="changeboard")


def _window(line: Line, stamp: datetime) -> ics.Event:
    window = line.window
    riding = f"{line.riding} riding on it." if line.riding else "Nothing rides on it yet."
    return ics.Event(
        uid=ics.uid(window.reference, f"own.{host()}"),
        sequence=window.revision,
        stamp=stamp,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        summary=f"{window.system.code} release, {window.reference}",
        description=f"{window.get_state_display()}. {riding}",
        status="CANCELLED" if window.state == WindowState.CANCELLED else "CONFIRMED",
        url=f"{settings.SITE_URL}{window.get_absolute_url()}",
    )


def _freeze(freeze: Freeze) -> ics.Event:
    return ics.Event(
        uid=f"freeze-{freeze.pk}@own.{host()}",
        sequence=0,
        stamp=freeze.starts_at,
        starts_at=freeze.starts_at,
        ends_at=freeze.ends_at,
        summary=f"Freeze: {freeze.name}",
        description=freeze.reason,
    )


def _entry(entry: Entry) -> ics.Event:
    return ics.Event(
        uid=f"{entry.kind}-{entry.starts_at:%Y%m%d}@own.{host()}",
        sequence=0,
        stamp=entry.starts_at,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        summary=entry.title,
        url=f"{settings.SITE_URL}{entry.url}",
    )
