"""Beginning, changing and ending a cadence. The windows that it made follow it, unless a person touched them."""

from datetime import datetime, timedelta

from django.db import transaction

from changeboard import clock
from changeboard.directory.models import System
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict
from maintenance.actions import cadence as making
from maintenance.actions import scheduling
from maintenance.domain import following, recurrence, rhythm
from maintenance.domain.following import Fate, Step
from maintenance.models import Cadence, Freeze, Window, WindowRevision
from maintenance.queries import cadences

FIELDS = ("rrule", "start_time", "length_seconds", "budget_seconds", "time_zone", "begins_on")
LOOKED_AHEAD = timedelta(days=366)


@transaction.atomic
def begin(wanted: Cadence, *, by: Person, at: datetime) -> Cadence:
    """Give a system without a cadence one, and make its windows. Refused for a rule that cannot be read or
    gives no date within a year, and while the system has a cadence."""
    System.objects.select_for_update(no_key=True).get(pk=wanted.system_id)
    if Cadence.objects.active().filter(system=wanted.system_id).exists():
        raise conflict("cadence.exists", system=wanted.system.code)
    refuse_faults(wanted, at=at)
    wanted.save()
    made = making.extend(wanted, now=at, by=by)
    record(
        "cadence.begun",
        wanted,
        by=by,
        at=at,
        rule=wanted.rrule,
        start=f"{wanted.start_time:%H:%M}",
        made=made,
    )
    return wanted


@transaction.atomic
def change(
    cadence: Cadence,
    wanted: Cadence,
    *,
    reason: str,
    move_announced: bool,
    seen: str,
    by: Person,
    at: datetime,
) -> Cadence:
    """Let a cadence be `wanted` from now on; its windows follow, each with a revision and the reason.

    `seen` is the fingerprint of the consequences that the person was shown: others are refused (409), and so
    is a cadence that ended meanwhile. Windows moved, changed or cancelled by hand are left alone, announced
    ones too unless `move_announced`. The same values once more change nothing.
    """
    Freeze.objects.kept_still()
    cadence = Cadence.objects.locked(cadence.pk)
    if not cadence.active:
        raise conflict("cadence.ended", system=cadence.system.code)
    refuse_faults(wanted, at=at)
    if all(getattr(cadence, name) == getattr(wanted, name) for name in FIELDS):
        return cadence
    found = cadences.consequences(cadence, wanted, move_announced=move_announced, now=at)
    if found.concern and found.fingerprint != seen:
        raise conflict("cadence.other_consequences")
    if not reason.strip():
        raise Refusal([Reason("cadence.reason_missing", {}, "reason")])
    facts = {name: [str(getattr(cadence, name)), str(getattr(wanted, name))] for name in FIELDS}
    for name in FIELDS:
        setattr(cadence, name, getattr(wanted, name))
    cadence.save(update_fields=FIELDS)
    _follow(cadence, found, reason=reason, by=by, at=at)
    made = making.extend(cadence, now=at, by=by)
    changed = {name: pair for name, pair in facts.items() if pair[0] != pair[1]}
    record(
        "cadence.changed", cadence, by=by, at=at, reason=reason, changed=changed,
        moved=len(found.acting), made=made,
    )  # fmt: skip
    return cadence


@transaction.atomic
def end(cadence: Cadence, *, reason: str, by: Person, at: datetime) -> Cadence:
    """Make no more windows. Those that it made stay until a person cancels them. Again changes nothing."""
    cadence = Cadence.objects.locked(cadence.pk)
    if not reason.strip():
        raise Refusal([Reason("cadence.reason_missing", {}, "reason")])
    if cadence.active:
        cadence.active = False
        cadence.save(update_fields=["active"])
        record("cadence.ended", cadence, by=by, at=at, reason=reason)
    return cadence


def refuse_faults(wanted: Cadence, *, at: datetime) -> None:
    """Refuse a cadence that could make no window, with every reason."""
    faults = rhythm.faults(wanted.rrule)
    if not faults:
        faults = _without_dates(wanted, at)
    if wanted.budget_seconds > wanted.length_seconds:
        faults.append(Reason("window.budget_exceeds_length", {}, "budget_seconds"))
    if faults:
        raise Refusal(faults)


def _without_dates(wanted: Cadence, at: datetime) -> list[Reason]:
    today = max(clock.local_date(at, wanted.time_zone), wanted.begins_on)
    try:
        found = wanted.dates(today, today + LOOKED_AHEAD)
    except ValueError:
        return [Reason("cadence.rule_unreadable", {}, "rrule")]
    return [] if found else [Reason("cadence.no_dates", {}, "rrule")]


def _follow(cadence: Cadence, found: cadences.Consequences, *, reason: str, by: Person, at: datetime) -> None:
    """Each window to where it was shown to go. Dates are given back first, so that none meets another's."""
    seen = {row.window.pk: row.window.revision for row in found.rows}
    held = {row.pk: row for row in Window.objects.select_for_update().filter(pk__in=seen).order_by("pk")}
    if {pk: window.revision for pk, window in held.items()} != seen:
        raise conflict("cadence.other_consequences")
    Window.objects.filter(pk__in=held).update(cadence_on=None)
    for step in found.steps:
        window = held[step.own.span.id or 0]
        window.cadence_on = step.cadence_on
        window.save(update_fields=["cadence_on"])
    for step in following.in_order(found.steps):
        _act(held[step.own.span.id or 0], step, cadence, reason=reason, by=by, at=at)


def _act(window: Window, step: Step, cadence: Cadence, *, reason: str, by: Person, at: datetime) -> None:
    if step.fate is Fate.ENDS:
        scheduling.cancel(window, reason=reason, by=by, at=at)
        return
    was = scheduling.Was.of(window)
    window.time_zone, window.length_seconds = cadence.time_zone, cadence.length_seconds
    # What a person kept of the budget for a purpose stays kept, as far as the new budget reaches.
    window.budget_seconds = max(cadence.budget_seconds, window.kept_seconds)
    slot = recurrence.slot(step.span.on, cadence.start_time, cadence.time_zone, cadence.length_seconds)
    scheduling.put(window, slot, cadence.start_time)
    scheduling.revise(window, WindowRevision.Kind.FOLLOWED, was, reason=reason, by=by, at=at)
