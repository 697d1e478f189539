"""Where a window lay before its last revision: putting it back is another revision, never an erased one."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from changeboard import clock, time_words
from maintenance.models import Window, WindowRevision

UNDONE = (WindowRevision.Kind.MOVED, WindowRevision.Kind.CHANGED, WindowRevision.Kind.FOLLOWED)


@dataclass(frozen=True)
class Former:
    """The times (UTC) and the budget before the last revision, and the form that puts the window back there."""

    starts_at: datetime
    ends_at: datetime
    budget_seconds: int | None
    url: str


def former(window: Window, *, now: datetime) -> Former | None:
    """None while nothing was moved, when it is not ahead, and when the former time is over. One query."""
    if not window.revision or not window.is_ahead:
        return None
    last, *older = window.revisions.of_its_times().order_by("-revision")[:2]
    if last.kind not in UNDONE or (before := older[0]).starts_at <= now:
        return None
    moved = last.starts_at != before.starts_at
    page = reverse(f"maintenance:{'move' if moved else 'resize'}", args=[window.reference])
    filled_in = _slot(window, before) if moved else _size(window, before)
    words = f"Put back to {time_words.span(before.starts_at, before.ends_at, window.time_zone)}"
    return Former(
        before.starts_at, before.ends_at, before.budget_seconds,
        f"{page}?{urlencode(filled_in | {'reason': words})}",
    )  # fmt: skip


def _slot(window: Window, before: WindowRevision) -> dict[str, str]:
    there = clock.local(before.starts_at, window.time_zone)
    which = {"which": "second"} if there.fold else {}
    return {"on": f"{there:%Y-%m-%d}", "start_time": f"{there:%H:%M}", **which}


def _size(window: Window, before: WindowRevision) -> dict[str, str]:
    length = round((before.ends_at - before.starts_at).total_seconds())
    budget = window.budget_seconds if before.budget_seconds is None else before.budget_seconds
    return {"length_seconds": str(length // 60), "budget_seconds": str(budget // 60)}
