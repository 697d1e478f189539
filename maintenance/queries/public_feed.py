"""The public windows as a calendar that programs subscribe to, and as news (Atom)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from changeboard import time_words
from changeboard.directory.models import System
from maintenance import ics, labels
from maintenance.domain.lengths import length
from maintenance.domain.public import PublicWindow, begins_on, fingerprint, newest
from maintenance.queries.public import host, known

# Another number tells every reader to fetch anew, after a release that writes the same facts otherwise.
WRITTEN = 1


@dataclass(frozen=True)
class Served:
    """Something to fetch again and again. `text` is asked only of who does not have it yet: building it is
    what a 304 spares. `changed_at` is when the newest of its facts came to be (UTC)."""

    etag: str
    changed_at: datetime
    text: Callable[[], str]


def calendar(*, now: datetime, systems: Sequence[System] = ()) -> Served:
    """The public calendar, of some systems or of all. One query; the same bytes while nothing changed.

    Cancelled windows stay in it as cancelled: a calendar that has them must hear of it.
    """
    # A new expected end is for the page: an entry whose end moves without a revision would confuse programs.
    windows = [replace(window, expected_end_at=None) for window in known(now=now, systems=systems)]
    name = named(systems)
    of = ics.Subscription(name, f"{settings.SITE_URL}/maintenance/", color_of(systems))
    tag = fingerprint(WRITTEN, of, settings.PLATFORM_TIME_ZONE, settings.DEFAULT_FROM_EMAIL, windows)
    return Served(
        tag,
        newest(windows, begins_on(now)),
        lambda: ics.calendar([event(window) for window in windows], subscription=of),
    )


def named(systems: Sequence[System]) -> str:
    """What the calendar is called in a program that shows many."""
    codes = " ".join(", ".join(system.code for system in systems).split())
    words = labels.PUBLIC["of_systems" if codes else "of_all"]
    return words.format(platform=settings.PLATFORM_NAME, systems=codes)


def color_of(systems: Sequence[System]) -> str:
    return labels.CALENDAR_COLORS.get(systems[0].mark, "") if len(systems) == 1 else ""


def event(window: PublicWindow) -> ics.Event:
    """One window as everybody may know it, with what network teams' parsers read (maintnote-std)."""
    status = "CANCELLED" if window.is_cancelled else "CONFIRMED"
    return ics.Event(
        uid=ics.uid(window.key, host()),
        sequence=window.revision,
        stamp=window.revised_at,
        modified=window.changed_at,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        summary=title(window),
        description=description(window),
        status=status,
        url=f"{settings.SITE_URL}/maintenance/",
        organizer=(str(settings.PLATFORM_NAME), str(settings.DEFAULT_FROM_EMAIL)),
        categories=(window.system.code,),
        color=labels.CALENDAR_COLORS.get(window.system.mark, ""),
        more=(
            ("X-MAINTNOTE-PROVIDER", host()),
            ("X-MAINTNOTE-ACCOUNT", "public"),
            ("X-MAINTNOTE-MAINTENANCE-ID", window.key),
            ("X-MAINTNOTE-OBJECT-ID", window.system.code),
            ("X-MAINTNOTE-IMPACT", "OUTAGE" if window.takes_downtime else "NO-IMPACT"),
            ("X-MAINTNOTE-STATUS", labels.MAINTNOTE_STATUS[window.phase]),
        ),
    )


def title(window: PublicWindow) -> str:
    """RIS maintenance, down up to 15 minutes; what was called off says so first."""
    words = labels.PUBLIC["down" if window.takes_downtime else "up"]
    summary = words.format(system=window.system.code, length=length(window.budget_seconds))
    return labels.PUBLIC["cancelled"].format(title=summary) if window.is_cancelled else summary


def description(window: PublicWindow) -> str:
    """What stops and what goes on, where it lay before, how it went."""
    system = window.system
    sentences = [_how_it_went(window)]
    if window.was_at and not window.is_cancelled:
        was = time_words.client_span(window.was_at, None, settings.PLATFORM_TIME_ZONE, short=True)
        sentences.append(labels.PUBLIC["was"].format(was=was))
    if window.takes_downtime:
        stops = system.stops or system.code
        sentences.append(labels.PUBLIC["stops"].format(stops=stops, length=length(window.budget_seconds)))
        sentences.append(
            labels.PUBLIC["goes_on"].format(goes_on=system.goes_on.rstrip(".")) if system.goes_on else ""
        )
    else:
        sentences.append(labels.PUBLIC["no_interruption"])
    return " ".join(filter(None, sentences))


def _how_it_went(window: PublicWindow) -> str:
    if window.finished_at is None:
        return ""
    took = window.actual_downtime_seconds
    return labels.PUBLIC["took" if took else "done"].format(took=length(took or 0))
