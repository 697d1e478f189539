"""The next window of each system, for the first page."""

from dataclasses import dataclass
from datetime import datetime

from maintenance.domain.budget import Sums
from maintenance.models import Window
from maintenance.queries.lists import lines


@dataclass(frozen=True)
class NextWindow:
    """A system's next window: what rides on it and the downtime that it wants, in seconds."""

    window: Window
    sums: Sums
    riding: int


def next_windows(*, now: datetime) -> list[NextWindow]:
    """One for each system that has a window ahead, the soonest first. One query beside the contributors'."""
    soonest = (
        Window.objects.upcoming(now=now)
        .order_by("system_id", "starts_at")
        .distinct("system_id")
        .select_related("system")
    )
    found = [NextWindow(line.window, line.sums, line.riding) for line in lines(list(soonest))]
    return sorted(found, key=lambda each: each.window.starts_at)
