"""What became of the public windows, as news (Atom, RFC 4287): planned, moved, cancelled, under way, done.

Each happening is an entry with a name of its own for ever, so that readers show a move as something new; the
entry of a date that no longer holds says so, and is updated when it ceases to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from changeboard import time_words
from changeboard.directory.models import System
from maintenance import ics, labels
from maintenance.domain.public import PublicWindow, begins_on, fingerprint, newest
from maintenance.models import WindowRevision
from maintenance.queries.public import host, known
from maintenance.queries.public_feed import WRITTEN, Served, description, named

MOST = 60


@dataclass(frozen=True)
class Happening:
    """One entry. `at` is when it happened, `updated_at` when its words last changed (UTC)."""

    name: str
    kind: str
    window: PublicWindow
    starts_at: datetime
    ends_at: datetime
    at: datetime
    updated_at: datetime

    @property
    def holds(self) -> bool:
        """Whether the date that it tells of is still the window's."""
        return self.updated_at == self.at


def news(*, now: datetime, systems: Sequence[System] = ()) -> Served:
    """The newest happenings, newest first. Two queries; the same bytes while nothing changed."""
    windows = known(now=now, systems=systems)
    since = begins_on(now)
    told = sorted(_happenings(windows, since), key=lambda each: (each.updated_at, each.name), reverse=True)[
        :MOST
    ]
    changed = newest(windows, since)
    tag = fingerprint(WRITTEN, settings.SITE_URL, settings.PLATFORM_TIME_ZONE, named(systems), changed, told)
    return Served(tag, changed, lambda: _written(told, named(systems), changed, systems))


def _happenings(windows: Sequence[PublicWindow], since: datetime) -> Iterator[Happening]:
    by_key = {window.key: window for window in windows}
    of_its_times = WindowRevision.objects.of_its_times()
    rows = of_its_times.filter(window__starts_at__gte=since).order_by("window", "revision")
    fields = ("window__reference", "revision", "kind", "starts_at", "ends_at", "at")
    revisions: dict[str, list[tuple[int, str, datetime, datetime, datetime]]] = {}
    for reference, *row in rows.values_list(*fields):
        revisions.setdefault(reference.lower(), []).append(tuple(row))
    for key, window in by_key.items():
        of_window = revisions.get(key, [])
        ended = [row[4] for row in of_window[1:]] + [None]
        for (number, kind, starts_at, ends_at, at), over in zip(of_window, ended, strict=True):
            yield Happening(f"{key}/{number}", kind, window, starts_at, ends_at, at, over or at)
        yield from _of_the_day(window)


def _of_the_day(window: PublicWindow) -> Iterator[Happening]:
    for kind, at in (("under_way", window.started_at), ("done", window.finished_at)):
        if at is not None:
            name = f"{window.key}/{kind.replace('_', '-')}"
            yield Happening(name, kind, window, window.starts_at, window.ends_at, at, at)


class _Atom(Atom1Feed):
    """Its date is that of its facts, also where there is none yet."""

    changed: datetime

    def latest_post_date(self) -> datetime:
        return self.changed


def _written(told: Sequence[Happening], name: str, changed: datetime, systems: Sequence[System]) -> str:
    site, asked = str(settings.SITE_URL), urlencode([("system", system.code) for system in systems])
    page = f"{site}/maintenance/"
    feed = _Atom(
        title=ics.clean(name),
        link=page,
        description="",
        language="en",
        author_name=str(settings.PLATFORM_NAME),
        feed_url=f"{page}feed.atom{'?' if asked else ''}{asked}",
        feed_guid=f"tag:{host()},2026:maintenance{'/' if asked else ''}{asked}",
    )
    feed.changed = changed
    for each in told:
        feed.add_item(
            title=ics.clean(title(each)),
            link=f"{page}#{each.window.key}",
            description=escape(ics.clean(said(each))),
            pubdate=each.at,
            updateddate=each.updated_at,
            unique_id=f"tag:{host()},2026:{each.name}",
            categories=(each.window.system.code, each.kind),
        )
    return str(feed.writeString("utf-8"))


def title(each: Happening) -> str:
    """Moved: RIS maintenance is now on Tue, Jan 19, 2027, 11:00–11:15 AM CST."""
    zone = str(settings.PLATFORM_TIME_ZONE)
    date = time_words.client_span(each.starts_at, each.ends_at, zone, short=True)
    words = labels.NEWS[each.kind].format(system=each.window.system.code, date=date)
    return words if each.holds else labels.NEWS["no_longer"].format(title=words)


def said(each: Happening) -> str:
    """The text under it: what stops and what goes on, while its date holds."""
    return description(each.window) if each.holds else labels.NEWS["see_newer"]
