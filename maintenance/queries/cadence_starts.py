"""Where the cadence of each window's system would put it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from changeboard import clock
from maintenance.models import Cadence, Window, WindowRevision

AROUND = timedelta(days=40)


def cadence_starts(windows: Mapping[int, Window]) -> dict[int, frozenset[datetime]]:
    """By the windows' keys: the starts near each that its system's cadence has. Without an active cadence, and
    where cadence itself put the window, it has no line. Two queries."""
    of_systems = Cadence.objects.active().filter(system__in={each.system_id for each in windows.values()})
    by_system = {cadence.system_id: cadence for cadence in of_systems}
    left_alone = _by_hand(windows)
    return {
        key: starts(by_system[window.system_id], window)
        for key, window in windows.items()
        if window.system_id in by_system and (window.cadence_on is None or window.pk in left_alone)
    }


def _by_hand(windows: Mapping[int, Window]) -> set[int]:
    """Of the windows that cadence made, those that a person moved since. Any day that it chose is its own, be
    that the nearest free one."""
    made = [window.pk for window in windows.values() if window.cadence_on is not None]
    moved = WindowRevision.objects.filter(window__in=made, kind=WindowRevision.Kind.MOVED)
    return set(moved.values_list("window", flat=True))


def starts(cadence: Cadence, window: Window) -> frozenset[datetime]:
    """The instants at which the cadence starts within forty days of the window."""
    days = cadence.dates(window.on - AROUND, window.on + AROUND)
    return frozenset(clock.at_wall(on, cadence.start_time, cadence.time_zone) for on in days)
