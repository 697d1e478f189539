"""Making, moving and cancelling windows. Each move is a revision with a reason; none is ever erased."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from changeboard.clock import local_date, zone_data
from changeboard.directory.models import System
from changeboard.history.record import record
from changeboard.people.models import Person, platform_time_zone
from changeboard.refusal import Reason, Refusal, refuse
from maintenance.contributions import contributors
from maintenance.domain import lifecycle, recurrence, slots
from maintenance.domain.conflicts import Span, clashes
from maintenance.domain.lifecycle import Act, State
from maintenance.models import Window, WindowRevision
from maintenance.queries.standing import AROUND, freezes_between, span_of, spans_between


@transaction.atomic
def create_window(
    *,
    system: System,
    on: date,
    start_time: time,
    length_seconds: int,
    budget_seconds: int,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> Window:
    """A window by hand, off cadence. Refused, naming the clash and the nearest free days, when it cannot lie
    there; refused when it lies in the past or its budget exceeds its length."""
    zone = platform_time_zone()
    slot = recurrence.slot(on, start_time, zone, length_seconds)
    faults = []
    if slot.starts_at <= at:
        faults.append(Reason("window.in_the_past", {"on": on}, "on"))
    if budget_seconds > length_seconds:
        faults.append(Reason("window.budget_exceeds_length", {}, "budget_seconds"))
    window = Window(
        system=system, on=on, start_time=start_time, time_zone=zone, length_seconds=length_seconds,
        starts_at=slot.starts_at, ends_at=slot.ends_at, budget_seconds=budget_seconds, zone_data=zone_data(),
    )  # fmt: skip
    _refuse_clash(window, faults, at=at)
    window.reference = new_reference(system, on)
    _write(window)
    note_revision(window, WindowRevision.Kind.MADE, by=by, at=at, reason=reason)
    record("window.made", window, by=by, at=at, starts_at=window.starts_at, reason=reason)
    return window


@transaction.atomic
def move(window: Window, *, on: date, start_time: time, reason: str, by: Person, at: datetime) -> Window:
    """Put a window on another day or hour. Raises its revision; whoever was told is told of it.

    Refused without a reason, when it is no longer ahead, and where it would clash (nearest free days named).
    """
    window = Window.objects.locked(window.pk)
    state = lifecycle.after(window.state, Act.MOVE)
    slot = recurrence.slot(on, start_time, window.time_zone, window.length_seconds)
    faults = [] if reason.strip() else [Reason("window.reason_missing", {}, "reason")]
    if slot.starts_at <= at:
        faults.append(Reason("window.in_the_past", {"on": on}, "on"))
    was = window.starts_at
    window.on, window.start_time = on, start_time
    window.starts_at, window.ends_at, window.zone_data = slot.starts_at, slot.ends_at, zone_data()
    _refuse_clash(window, faults, at=at)
    window.state, window.announced_at, window.reason = state, None, reason
    window.revision += 1
    _write(window)
    note_revision(window, WindowRevision.Kind.MOVED, by=by, at=at, reason=reason)
    record("window.moved", window, by=by, at=at, was=was, to=window.starts_at, reason=reason)
    for each in contributors():
        each.window_moved(window, by=by, at=at)
    return window


@transaction.atomic
def cancel(window: Window, *, reason: str, by: Person, at: datetime) -> Window:
    """Call a window off. Its row and its date stay: cadence never makes it again."""
    window = Window.objects.locked(window.pk)
    window.state = lifecycle.after(window.state, Act.CANCEL)
    if not reason.strip():
        raise refuse("window.reason_missing", at_field="reason")
    window.reason = reason
    window.revision += 1
    window.save(update_fields=["state", "reason", "revision"])
    note_revision(window, WindowRevision.Kind.CANCELLED, by=by, at=at, reason=reason)
    record("window.cancelled", window, by=by, at=at, starts_at=window.starts_at, reason=reason)
    for each in contributors():
        each.window_cancelled(window, by=by, at=at)
    return window


def note_revision(
    window: Window, kind: WindowRevision.Kind, *, by: Person | None, at: datetime, reason: str
) -> WindowRevision:
    """Keep what is true of the window under its present revision."""
    return WindowRevision.objects.create(
        window=window, revision=window.revision, starts_at=window.starts_at, ends_at=window.ends_at,
        kind=kind, reason=reason, by=by, at=at,
    )  # fmt: skip


def new_reference(system: System, on: date) -> str:
    """A reference that no window of this system had before."""
    code = system.code.upper()
    taken = Window.objects.filter(reference__startswith=f"{code}-{on:%Y-%m}")
    return recurrence.month_reference(code, on, set(taken.values_list("reference", flat=True)))


def free_days(wanted: Window, *, now: datetime, count: int = 3) -> list[date]:
    """The nearest days on which this window would clash with nothing. Three queries."""
    first = max(local_date(now, wanted.time_zone) + timedelta(days=1), wanted.on - AROUND)
    last = wanted.on + AROUND
    frozen = freezes_between(wanted.starts_at - AROUND, wanted.ends_at + AROUND)
    return slots.nearest_free(
        span_of(wanted), wanted.start_time, wanted.time_zone, spans_between(first, last), frozen,
        first=first, last=last, count=count,
    )  # fmt: skip


def clash_reasons(wanted: Window) -> list[Reason]:
    """Why the window cannot lie where it is wanted; empty when it can. Three queries."""
    day = timedelta(days=1)
    span: Span = span_of(wanted)
    around = spans_between(wanted.on - day, wanted.on + day)
    return clashes(span, around, freezes_between(wanted.starts_at, wanted.ends_at))


def _refuse_clash(wanted: Window, faults: list[Reason], *, at: datetime) -> None:
    found = clash_reasons(wanted)
    if found:
        faults = [*faults, *found, Reason("window.free_days", {"days": free_days(wanted, now=at)}, "on")]
    if faults:
        raise Refusal(faults)


def _write(window: Window) -> None:
    """Save; the database has the last word when two people take one slot at the same moment."""
    try:
        with transaction.atomic():
            window.save()
    except IntegrityError as error:
        taken = Window.objects.standing().filter(on=window.on).exclude(pk=window.pk).first()
        if taken is None:
            raise
        code = "window.overlaps" if taken.system_id == window.system_id else "window.day_taken"
        raise refuse(code, at_field="on", window=taken.reference, on=window.on) from error


def is_ahead(window: Window) -> bool:
    """Whether it can still be moved or cancelled."""
    return State(window.state) in lifecycle.AHEAD
