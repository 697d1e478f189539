"""What everybody may know of the maintenance: systems and times. No change, no name, no reference of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from changeboard.clock import local_date
from changeboard.directory.models import System
from maintenance.domain.public import (
    Phase,
    PublicFreeze,
    PublicSystem,
    PublicWindow,
    begins_on,
    fingerprint,
    phase,
)
from maintenance.models import Freeze, Window, WindowRevision, WindowState

DONE_FOR = timedelta(days=90)
MOVED = (WindowRevision.Kind.MOVED, WindowRevision.Kind.FOLLOWED)


@dataclass(frozen=True)
class Public:
    """`running` is under way now; `ahead` comes, soonest first, with what was called off until it would have
    ended; `past` is over, newest first."""

    running: list[PublicWindow]
    ahead: list[PublicWindow]
    past: list[PublicWindow]
    freezes: list[PublicFreeze]

    @property
    def following(self) -> PublicWindow | None:
        """The next that really comes."""
        return next((window for window in self.ahead if not window.is_cancelled), None)

    @property
    def down_seconds(self) -> int:
        """How long anything was down for maintenance in these three months."""
        return sum(window.actual_downtime_seconds or 0 for window in self.past)

    def etag(self, zone: str, now: datetime) -> str:
        """The same while a page in `zone` says the same: how far off the next one is changes by the day, and
        on its last day by the minute."""
        near = self.following is not None and self.following.starts_at - now < timedelta(days=1)
        return fingerprint(
            self, zone, now.replace(second=0, microsecond=0) if near else local_date(now, zone)
        )


def public(*, now: datetime, systems: Sequence[System] = ()) -> Public:
    """Three queries. All that is planned, and a quarter of a year back."""
    windows = known(now=now, systems=systems)
    past = [
        each for each in windows if each.phase is Phase.DONE and (each.finished_at or now) > now - DONE_FOR
    ]
    return Public(
        running=[window for window in windows if window.phase is Phase.UNDER_WAY],
        ahead=[
            window
            for window in windows
            if window.phase in (Phase.PLANNED, Phase.CANCELLED) and window.ends_at > now
        ],
        past=sorted(past, key=lambda window: window.starts_at, reverse=True),
        freezes=freezes(now=now),
    )


def known(*, now: datetime, systems: Sequence[System] = ()) -> list[PublicWindow]:
    """All that is public of windows, of some systems or of all, in their order. One query."""
    rows = Window.objects.filter(starts_at__gte=begins_on(now))
    if systems:
        rows = rows.filter(system__in=systems)
    return pictures(rows.order_by("starts_at", "pk"))


def pictures(rows: QuerySet[Window]) -> list[PublicWindow]:
    """Windows as everybody may know them, with when their present revision came to be. One query."""
    of_window = WindowRevision.objects.filter(window=OuterRef("pk"))
    present = of_window.filter(revision=OuterRef("revision"))
    lay = of_window.of_its_times().order_by("-revision")
    told = rows.select_related("system").annotate(
        revised_at=Subquery(present.values("at")),
        revised_how=Subquery(lay.values("kind")[:1]),
        was_at=Subquery(lay.values("starts_at")[1:2]),
    )
    return [_picture(window) for window in told]


def _picture(window: Any) -> PublicWindow:
    system = window.system
    is_moved = window.revised_how in MOVED and window.was_at != window.starts_at
    return PublicWindow(
        key=window.reference.lower(),
        system=PublicSystem(system.code, system.mark, system.what, system.stops, system.goes_on),
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        budget_seconds=window.budget_seconds,
        phase=phase(window.state),
        revision=window.revision,
        revised_at=window.revised_at or window.starts_at,
        was_at=window.was_at if is_moved else None,
        started_at=window.started_at,
        finished_at=window.finished_at if window.state == WindowState.COMPLETED else None,
        expected_end_at=window.expected_end_at,
        actual_downtime_seconds=window.actual_downtime_seconds,
    )


def freezes(*, now: datetime) -> list[PublicFreeze]:
    """When nothing is released, without saying why. Two queries."""
    rows = Freeze.objects.ahead(now=now).filter(hard=True)
    return [
        PublicFreeze(row.starts_at, row.last_moment, tuple(system.code for system in row.systems.all()))
        for row in rows
    ]


def host() -> str:
    """The host that calendar UIDs stand under."""
    return urlsplit(str(settings.SITE_URL)).hostname or "changeboard.invalid"
