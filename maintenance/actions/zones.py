"""A new zone database: what it would move is found every night, and moved by a person or not at all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from changeboard.clock import zone_data
from changeboard.history.models import Event
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict
from maintenance.actions import scheduling
from maintenance.domain.wall_time import FIRST, SECOND
from maintenance.models import Window
from maintenance.queries import zones
from maintenance.queries.zones import Drift

ACT = "window.zones_would_move"


@dataclass(frozen=True)
class Checked:
    """What the nightly check found: how many windows lie ahead, and which would move."""

    windows: int
    drifts: list[Drift]


@transaction.atomic
def check(*, now: datetime) -> Checked:
    """Work out every window ahead anew. One that stays is noted with the version of the zone data; one that
    would move stays where it is, and its history says so, once for each version. No window is moved."""
    ahead, version = zones.ahead(now=now), zone_data()
    drifts = zones.drifts(now=now)
    moved = {drift.window.pk for drift in drifts}
    stays = [window.pk for window in ahead if window.pk not in moved and window.zone_data != version]
    Window.objects.filter(pk__in=stays).update(zone_data=version)
    for drift in drifts:
        known = Event.objects.about(drift.window).filter(act=ACT)
        if not known.filter(facts__zone_data=version, facts__to=drift.starts_at.isoformat()).exists():
            facts = {"was": drift.was, "to": drift.starts_at, "zone_data": version}
            record(ACT, drift.window, by=None, at=now, **facts)
    return Checked(len(ahead), drifts)


@transaction.atomic
def follow(window: Window, *, reason: str, seen: int | None, by: Person, at: datetime) -> Window:
    """Let a window follow its wall time to the instant that the zone data in use give: a move like any other,
    with its revision, its clash rules and its notices. Refused where it does not move, and as a move is."""
    window = Window.objects.locked(window.pk)
    if not zones.is_moved(window):
        raise conflict("window.zones_move_nothing", window=window.reference)
    which = SECOND if window.later_of_two else FIRST
    return scheduling.move(
        window,
        on=window.on,
        start_time=window.start_time,
        which=which,
        reason=reason,
        seen=seen,
        by=by,
        at=at,
    )
