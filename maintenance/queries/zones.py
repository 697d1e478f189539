"""What the zone database in use would move: wall time, zone and length are the truth, instants follow from them
(PRODUCT.md section 5)."""

from dataclasses import dataclass
from datetime import datetime

from maintenance.contributions import Told
from maintenance.domain import recurrence
from maintenance.domain.lifecycle import AHEAD
from maintenance.models import Window
from maintenance.queries import told


@dataclass(frozen=True)
class Drift:
    """A window whose wall time means another instant now. `told` heard of the old one and would hear of it."""

    window: Window
    starts_at: datetime
    ends_at: datetime
    told: Told

    @property
    def was(self) -> datetime:
        return self.window.starts_at


def ahead(*, now: datetime) -> list[Window]:
    """Every window that has not begun, the next first. One query."""
    states = [state.value for state in AHEAD]
    found = Window.objects.filter(state__in=states, starts_at__gt=now).select_related("system")
    return list(found.order_by("starts_at"))


def derived(window: Window) -> recurrence.Slot:
    """Where the window lies by the zone database in use."""
    return recurrence.slot(window.on, window.wall, window.time_zone, window.length_seconds)


def is_moved(window: Window) -> bool:
    slot = derived(window)
    return (slot.starts_at, slot.ends_at) != (window.starts_at, window.ends_at)


def drifts(*, now: datetime) -> list[Drift]:
    """The windows ahead that it would move. One query, and one to each contributor where there is any."""
    moved = [window for window in ahead(now=now) if is_moved(window)]
    heard = told.by_window(moved)
    return [
        Drift(window, slot.starts_at, slot.ends_at, heard[window.pk])
        for window in moved
        for slot in [derived(window)]
    ]
