"""Cadence makes the windows of the planning horizon, every day, idempotently (PRODUCT.md section 5)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from changeboard import clock
from changeboard.history.models import Event
from changeboard.history.record import record
from changeboard.people.models import Person
from maintenance.actions.scheduling import new_reference, note_revision
from maintenance.domain import recurrence
from maintenance.models import Cadence, Freeze, Window, WindowRevision
from maintenance.queries.standing import clash_reasons, free_days


def extend_windows(*, now: datetime, by: Person | None = None) -> int:
    """Make every cadence's windows up to the planning horizon; returns how many were new.

    A second run adds nothing, also at the same moment; a window that was moved or cancelled is never made
    again. A date that clashes goes to the nearest free day; without one it is left out and recorded.
    """
    return sum(extend(cadence, now=now, by=by) for cadence in Cadence.objects.active())


@transaction.atomic
def extend(cadence: Cadence, *, now: datetime, by: Person | None = None) -> int:
    """The same for one cadence. Holds it: a second beat waits, and then finds nothing left to make."""
    Freeze.objects.kept_still()
    cadence = Cadence.objects.locked(cadence.pk)
    if not cadence.active:
        return 0
    until = now + timedelta(days=settings.PLANNING_HORIZON_DAYS)
    first, last = (clock.local_date(instant, cadence.time_zone) for instant in (now, until))
    made = set(
        Window.objects.filter(cadence=cadence, cadence_on__gte=first).values_list("cadence_on", flat=True)
    )
    wanted = recurrence.still_to_make(
        cadence.dates(first, last), made, cadence.start_time, cadence.time_zone, cadence.length_seconds,
        now=now,
    )  # fmt: skip
    return sum(_make(cadence, slot, by=by, at=now) for slot in wanted)


def _make(cadence: Cadence, slot: recurrence.Slot, *, by: Person | None, at: datetime) -> bool:
    """One window, on its date or the nearest free day. False when another made it or none is free."""
    window = _draft(cadence, slot, slot.on)
    clashing = clash_reasons(window)
    if clashing:
        free = free_days(window, now=at, count=1)
        if not free:
            _note_left_out(cadence, slot.on, [reason.code for reason in clashing], by=by, at=at)
            return False
        moved = recurrence.slot(free[0], cadence.start_time, cadence.time_zone, cadence.length_seconds)
        window = _draft(cadence, moved, slot.on)
    try:
        with transaction.atomic():
            window.reference = new_reference(cadence.system, window.on)
            window.save()
            note_revision(window, WindowRevision.Kind.MADE, by=by, at=at, reason="")
            record(
                "window.made", window, by=by, at=at, starts_at=window.starts_at,
                clash=[reason.code for reason in clashing], cadence_on=slot.on,
            )  # fmt: skip
    except IntegrityError:
        # Another beat or a person was quicker: the database let one of us through.
        return False
    return True


def _draft(cadence: Cadence, slot: recurrence.Slot, cadence_on: date) -> Window:
    return Window(
        system=cadence.system, cadence=cadence, cadence_on=cadence_on, on=slot.on,
        start_time=cadence.start_time, time_zone=cadence.time_zone, length_seconds=cadence.length_seconds,
        starts_at=slot.starts_at, ends_at=slot.ends_at, zone_data=clock.zone_data(),
        budget_seconds=cadence.budget_seconds,
    )  # fmt: skip


@transaction.atomic
def _note_left_out(cadence: Cadence, on: date, codes: list[str], *, by: Person | None, at: datetime) -> None:
    """Once a date: the daily run must not fill the history."""
    if not Event.objects.about(cadence).filter(act="cadence.left_out", facts__on=on.isoformat()).exists():
        record("cadence.left_out", cadence, by=by, at=at, on=on, why=codes)
