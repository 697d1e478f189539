"""Freezes: declared and lifted, never deleted."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.directory.models import System
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal
from maintenance.models import Freeze, Window


@transaction.atomic
def create(
    *,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    systems: Sequence[System],
    hard: bool,
    reason: str,
    by: Person | None,
    at: datetime,
) -> Freeze:
    """Declare a freeze. Refused over windows that are already announced: move or cancel those first."""
    faults = [] if ends_at > starts_at else [Reason("freeze.ends_before_it_starts", {}, "ends_at")]
    faults += [
        Reason("freeze.over_announced_window", {"window": window.reference}, "starts_at")
        for window in hit(starts_at, ends_at, systems)
        if hard and window.state == "announced"
    ]
    if faults:
        raise Refusal(faults)
    freeze = Freeze.objects.create(name=name, starts_at=starts_at, ends_at=ends_at, hard=hard, reason=reason)
    freeze.systems.set(systems)
    record("freeze.declared", freeze, by=by, at=at, name=name, starts_at=starts_at, ends_at=ends_at)
    return freeze


def hit(starts_at: datetime, ends_at: datetime, systems: Sequence[System]) -> list[Window]:
    """The windows ahead that lie in such a freeze. No systems: all of them."""
    windows = Window.objects.standing().between(starts_at, ends_at).filter(state__in=["planned", "announced"])
    return list(windows.filter(system__in=systems) if systems else windows)


@transaction.atomic
def lift(freeze: Freeze, *, by: Person, at: datetime) -> Freeze:
    """End a freeze now. Lifting it again changes nothing."""
    freeze = Freeze.objects.select_for_update().get(pk=freeze.pk)
    if freeze.lifted_at is None:
        freeze.lifted_at = at
        freeze.save(update_fields=["lifted_at"])
        record("freeze.lifted", freeze, by=by, at=at, name=freeze.name)
    return freeze
