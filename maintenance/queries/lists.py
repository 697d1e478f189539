"""Windows as the list shows them: what is ahead with its budget, what is over with what it took."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from changeboard.directory.models import System
from maintenance.domain.budget import Sums
from maintenance.models import Freeze, Window
from maintenance.queries.conflicts import open_by_window
from maintenance.queries.holds import held_by
from maintenance.queries.readiness import riding_by_window, sums_by_window

PAGE_SIZE = 20
VIEWS = ("upcoming", "past")


@dataclass(frozen=True)
class Line:
    """One window: the downtime that rides on it against its budget, in seconds, how much rides on it
    or asks to, and how much of that at short notice."""

    window: Window
    sums: Sums
    riding: int
    short_notice: int = 0
    open_conflicts: int = 0
    held_by: tuple[Freeze, ...] = ()

    @property
    def actual(self) -> int | None:
        return self.window.actual_downtime_seconds

    @property
    def took_longer(self) -> bool:
        return self.actual is not None and self.actual > self.sums.budget


def found(*, view: str, system: str, now: datetime) -> QuerySet[Window]:
    """Windows that are ahead, the next first, or over, the newest first. `system` is a code or ""."""
    rows = Window.objects.past(now=now) if view == "past" else Window.objects.upcoming(now=now)
    return (rows.filter(system__code=system) if system else rows).for_pages()


def lines(windows: Sequence[Window]) -> list[Line]:
    """The list's rows. Two questions to each contributor, however many windows there are."""
    sums, riding = sums_by_window(windows), riding_by_window(windows)
    return [
        Line(window, sums[window.pk], riding[window.pk].count, riding[window.pk].short_notice)
        for window in windows
    ]


def judged(windows: Sequence[Window]) -> list[Line]:
    """The same with the conflicts that nobody answers for yet, and the freezes that hold them. Thirteen queries
    more at most, and two questions to each contributor, however many rows there are."""
    found, still_open, held = lines(windows), open_by_window(windows), held_by(windows)
    return [
        replace(line, open_conflicts=still_open[line.window.pk], held_by=tuple(held[line.window.pk]))
        for line in found
    ]


def held(windows: Sequence[Window]) -> list[Line]:
    """The lines with the freezes that hold the windows, for calendars. The conflicts of a whole horizon are looked
    for among every client and change: on big data that takes seconds. One query more."""
    holding = held_by(windows)
    return [replace(line, held_by=tuple(holding[line.window.pk])) for line in lines(windows)]


def counts(*, now: datetime) -> dict[str, int]:
    """How many windows each view has. Two queries."""
    return {view: found(view=view, system="", now=now).count() for view in VIEWS}


def systems() -> list[System]:
    return list(System.objects.all())
