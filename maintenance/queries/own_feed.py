"""A person's own calendar: windows with their part in them, freezes, and what the floors above add."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery

from changeboard.directory.models import System
from changeboard.people.models import Person, digest
from maintenance import ics, labels
from maintenance.contributions import OwnEntry, contributors
from maintenance.domain.public import begins_on, fingerprint
from maintenance.models import Duty, Feed, Freeze, Window, WindowRevision, WindowState
from maintenance.queries.public import host
from maintenance.queries.public_feed import WRITTEN, Served, color_of
from maintenance.queries.readiness import riding_by_window


@dataclass(frozen=True)
class OwnWindow:
    """A window as a colleague sees it, and the reader's part in it."""

    reference: str
    system: str
    mark: str
    starts_at: datetime
    ends_at: datetime
    state: str
    revision: int
    revised_at: datetime
    riding: int
    part: str
    path: str


@dataclass(frozen=True)
class OwnFreeze:
    pk: int
    name: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    is_lifted: bool


def owner_of(secret: str) -> Feed | None:
    """Whose feed this secret opens; nobody's when the person left. One query."""
    found = Feed.objects.filter(secret_digest=digest(secret), person__is_active=True)
    return found.select_related("person").first()


def calendar(person: Person, *, now: datetime, systems: Sequence[System] = ()) -> Served:
    """The calendar of one person, of some systems or of all. Eleven queries at most, none more for the text;
    the same bytes while nothing of it changed."""
    since = begins_on(now)
    windows, freezes = _windows(person, since, systems), _freezes(since, systems)
    added = sorted(
        chain.from_iterable(each.own_entries(person, since) for each in contributors()),
        key=lambda entry: (entry.starts_at, entry.key),
    )
    codes = ", ".join(system.code for system in systems)
    of = ics.Subscription(
        labels.OWN_FEED["of_systems" if codes else "of_all"].format(systems=codes),
        f"{settings.SITE_URL}/calendar/", color_of(systems),
    )  # fmt: skip
    tag = fingerprint(WRITTEN, person.pk, of, windows, freezes, added)
    changed = max([since, *(window.revised_at for window in windows)])
    return Served(tag, changed, lambda: ics.calendar(_events(windows, freezes, added), subscription=of))


def _windows(person: Person, since: datetime, systems: Sequence[System]) -> list[OwnWindow]:
    rows = Window.objects.filter(starts_at__gte=since).order_by("starts_at", "pk").for_pages()
    rows = rows.filter(system__in=systems) if systems else rows
    revisions = WindowRevision.objects.filter(window=OuterRef("pk"), revision=OuterRef("revision"))
    found: list[Any] = list(rows.annotate(revised_at=Subquery(revisions.values("at"))))
    riding, parts = riding_by_window(found), _parts(person, since)
    return [
        OwnWindow(
            window.reference, window.system.code, window.system.mark, window.starts_at, window.ends_at,
            window.state, window.revision, window.revised_at or window.starts_at, riding[window.pk].count,
            parts.get(window.pk, ""), window.get_absolute_url(),
        )
        for window in found
    ]  # fmt: skip


def _parts(person: Person, since: datetime) -> dict[int, str]:
    """By window, what this person does on the day. One query."""
    parts: dict[int, str] = {}
    for duty in Duty.objects.filter(person=person, window__starts_at__gte=since):
        parts[duty.window_id] = ", ".join(
            filter(None, [parts.get(duty.window_id, ""), duty.get_role_display()])
        )
    return parts


def _freezes(since: datetime, systems: Sequence[System]) -> list[OwnFreeze]:
    """Lifted ones too: a calendar that has one must hear of it. One query."""
    rows = Freeze.objects.filter(ends_at__gt=since).order_by("starts_at", "pk")
    if systems:
        rows = rows.filter(systems=None) | rows.filter(systems__in=systems)
    return [
        OwnFreeze(
            row.pk, row.name, row.reason, row.starts_at, row.ends_at, is_lifted=row.lifted_at is not None
        )
        for row in rows.distinct()
    ]


def _events(
    windows: Iterable[OwnWindow], freezes: Iterable[OwnFreeze], added: Iterable[OwnEntry]
) -> Iterable[ics.Event]:
    yield from map(_window, windows)
    yield from map(_freeze, freezes)
    yield from map(_entry, added)


def _window(window: OwnWindow) -> ics.Event:
    words = labels.OWN_FEED
    is_off = window.state == WindowState.CANCELLED
    title = words["window"].format(system=window.system, reference=window.reference)
    part = words["part"].format(part=window.part) if window.part else ""
    riding = words["riding" if window.riding else "empty"].format(riding=window.riding)
    state = WindowState(window.state).label
    return ics.Event(
        uid=ics.uid(window.reference, f"own.{host()}"),
        sequence=window.revision,
        stamp=window.revised_at,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        summary=words["cancelled"].format(title=title) if is_off else title,
        description=" ".join(filter(None, [part, f"{state}.", riding])),
        status="CANCELLED" if is_off else "CONFIRMED",
        url=f"{settings.SITE_URL}{window.path}",
        categories=tuple(filter(None, [words["windows"], words["duties"] if window.part else ""])),
        color=labels.CALENDAR_COLORS.get(window.mark, ""),
        is_meeting=bool(window.part) and not is_off,
    )


def _freeze(freeze: OwnFreeze) -> ics.Event:
    words, title = labels.OWN_FEED, labels.OWN_FEED["freeze"].format(name=freeze.name)
    return ics.Event(
        uid=f"freeze-{freeze.pk}@own.{host()}",
        sequence=int(freeze.is_lifted),
        stamp=freeze.starts_at,
        starts_at=freeze.starts_at,
        ends_at=freeze.ends_at,
        summary=words["lifted"].format(title=title) if freeze.is_lifted else title,
        description=freeze.reason,
        status="CANCELLED" if freeze.is_lifted else "CONFIRMED",
        categories=(words["freezes"],),
    )


def _entry(entry: OwnEntry) -> ics.Event:
    words = labels.OWN_FEED
    return ics.Event(
        uid=f"{entry.key}@own.{host()}",
        sequence=entry.revision,
        stamp=entry.since or entry.starts_at,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        summary=words["cancelled"].format(title=entry.title) if entry.is_cancelled else entry.title,
        description=entry.detail,
        status="CANCELLED" if entry.is_cancelled else "CONFIRMED",
        url=f"{settings.SITE_URL}{entry.url}" if entry.url else "",
        categories=(words[entry.kind],),
        is_meeting=entry.takes_time and not entry.is_cancelled,
    )
