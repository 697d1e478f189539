"""Freezes: declared, changed and lifted, never deleted. What lies in a hard one is held until it is let go."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.directory.models import System
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict
from maintenance.actions import holding
from maintenance.models import Freeze
from maintenance.queries.holds import ahead_in


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
    """Declare a freeze. A hard one holds the windows ahead that lie in it: they cannot go and nobody is told of
    them until it is lifted, they move, or somebody overrides it. Refused when it is over before it begins."""
    Freeze.objects.to_be_changed()
    _refuse_faults(starts_at, ends_at, at)
    freeze = Freeze.objects.create(name=name, starts_at=starts_at, ends_at=ends_at, hard=hard, reason=reason)
    freeze.systems.set(systems)
    record(
        "freeze.declared", freeze, by=by, at=at, name=name, starts_at=starts_at, ends_at=ends_at, hard=hard
    )
    _settle(freeze, [], by=by, at=at)
    return freeze


@transaction.atomic
def change(
    freeze: Freeze,
    *,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    systems: Sequence[System],
    hard: bool,
    reason: str,
    by: Person,
    at: datetime,
) -> Freeze:
    """Lengthen, shorten or soften a freeze: windows that it now hits are held, those that it leaves are let go.

    Refused (409) when it is lifted. The same once more changes nothing.
    """
    Freeze.objects.to_be_changed()
    freeze = _in_force(freeze)
    _refuse_faults(starts_at, ends_at, at)
    held = holding.held_by(freeze)
    was = {"starts_at": freeze.starts_at, "ends_at": freeze.ends_at, "hard": freeze.hard}
    freeze.name, freeze.starts_at, freeze.ends_at = name, starts_at, ends_at
    freeze.hard, freeze.reason = hard, reason
    freeze.save()
    freeze.systems.set(systems)
    record(
        "freeze.changed", freeze, by=by, at=at, was=was, name=name, starts_at=starts_at, ends_at=ends_at,
        hard=hard,
    )  # fmt: skip
    _settle(freeze, held, by=by, at=at)
    return freeze


@transaction.atomic
def lift(freeze: Freeze, *, by: Person, at: datetime) -> Freeze:
    """End a freeze now: exactly the windows that it holds are let go, but for those that another one holds too.
    Lifting it again changes nothing."""
    Freeze.objects.to_be_changed()
    freeze = Freeze.objects.select_for_update().get(pk=freeze.pk)
    if freeze.lifted_at is None:
        freeze.lifted_at = at
        freeze.save(update_fields=["lifted_at"])
        record("freeze.lifted", freeze, by=by, at=at, name=freeze.name)
        holding.settle(holding.held_by(freeze), by=by, at=at)
    return freeze


def _in_force(freeze: Freeze) -> Freeze:
    freeze = Freeze.objects.select_for_update().get(pk=freeze.pk)
    if freeze.lifted_at is not None:
        raise conflict("freeze.is_lifted", freeze=freeze.name, at=freeze.lifted_at)
    return freeze


def _refuse_faults(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refusal([Reason("freeze.ends_before_it_starts", {}, "ends_at")])
    if ends_at <= at:
        raise Refusal([Reason("freeze.is_over_already", {"until": ends_at}, "ends_at")])


def _settle(freeze: Freeze, held: Sequence[int], *, by: Person | None, at: datetime) -> None:
    hit = ahead_in(freeze.starts_at, freeze.ends_at, list(freeze.systems.all()))
    holding.settle({*held, *(window.pk for window in hit)}, by=by, at=at)
