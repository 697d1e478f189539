"""Making, moving, resizing and cancelling windows. Each step is a revision with a reason; none is ever erased."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import Q

from changeboard.clock import zone_data
from changeboard.directory.models import System
from changeboard.history.record import record
from changeboard.people.models import Person, platform_time_zone
from changeboard.refusal import Reason, Refusal, conflict, refuse
from maintenance.actions import disposing, holding
from maintenance.contributions import contributors
from maintenance.domain import lifecycle, recurrence, wall_time
from maintenance.domain.conflicts import IN_FREEZE
from maintenance.domain.lifecycle import Act, State
from maintenance.models import Freeze, Window, WindowRevision
from maintenance.queries.standing import clash_reasons, free_days

Kind = WindowRevision.Kind


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
    which: str = "",
    override: str = "",
) -> Window:
    """A window by hand, off cadence. Refused, naming the clash and the nearest free days, when it cannot lie
    there; refused when it lies in the past, its budget exceeds its length, or its hour is skipped or comes
    twice and `which` (first, second) does not say which one is meant. `override` says why it may lie in a hard
    freeze all the same: that is kept, by name."""
    Freeze.objects.kept_still()
    zone = platform_time_zone()
    wall, faults = wall_time.meant(on, start_time, which, zone)
    slot = recurrence.slot(on, wall, zone, length_seconds)
    window = Window(
        system=system, on=on, start_time=start_time, time_zone=zone, length_seconds=length_seconds,
        starts_at=slot.starts_at, ends_at=slot.ends_at, budget_seconds=budget_seconds, zone_data=zone_data(),
        later_of_two=bool(wall.fold),
    )  # fmt: skip
    _refuse_clash(window, [*faults, *_faults(window, at=at)], at=at, override=override)
    window.reference = new_reference(system, on)
    _write(window)
    note_revision(window, Kind.MADE, by=by, at=at, reason=reason)
    record("window.made", window, by=by, at=at, starts_at=window.starts_at, reason=reason)
    disposing.override_freezes(window, reason=override, by=by, at=at)
    holding.settle([window.pk], by=by, at=at)
    return window


@dataclass(frozen=True)
class Was:
    """What was true of a window before a verb touched it; instants in UTC."""

    starts_at: datetime
    ends_at: datetime
    budget_seconds: int

    @classmethod
    def of(cls, window: Window) -> "Was":
        return cls(window.starts_at, window.ends_at, window.budget_seconds)


@transaction.atomic
def move(
    window: Window,
    *,
    on: date,
    start_time: time,
    reason: str,
    by: Person,
    at: datetime,
    which: str = "",
    seen: int | None = None,
    override: str = "",
) -> Window:
    """Put a window on another day or hour. Raises its revision; whoever was told is told of it.

    Refused without a reason, when it is no longer ahead, where it would clash (nearest free days named), when
    its hour is skipped or comes twice and `which` does not say which; 409 when it is not as the person saw it
    any more (`seen`, a revision). Where it lies already it stays, and nothing is written. `override` is as in
    making one.
    """
    window = _open(window, Act.MOVE, seen)
    was = Was.of(window)
    wall, faults = wall_time.meant(on, start_time, which, window.time_zone)
    put(window, recurrence.slot(on, wall, window.time_zone, window.length_seconds), wall)
    if Was.of(window) == was:
        return window
    faults = [*_says_why(reason), *faults, *_faults(window, at=at)]
    _refuse_clash(window, faults, at=at, override=override)
    return revise(window, Kind.MOVED, was, reason=reason, by=by, at=at, override=override)


@transaction.atomic
def resize(
    window: Window,
    *,
    length_seconds: int,
    budget_seconds: int,
    reason: str,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> Window:
    """Give a window another length or downtime budget. Raises its revision, which ends its waivers; whoever
    was told of another end is told of it. Refused as a move is, and where shares of the budget would not fit.
    """
    window = _open(window, Act.SET_BUDGET, seen)
    was = Was.of(window)
    window.length_seconds, window.budget_seconds = length_seconds, budget_seconds
    put(window, recurrence.slot(window.on, window.wall, window.time_zone, length_seconds), window.wall)
    if Was.of(window) == was:
        return window
    # Being longer is no reason to be refused by a freeze that it lies in anyway: that holds it, and goes on to.
    _refuse_clash(window, [*_says_why(reason), *_faults(window, at=at)], at=at, override=reason)
    return revise(window, Kind.CHANGED, was, reason=reason, by=by, at=at)


@transaction.atomic
def cancel(window: Window, *, reason: str, by: Person, at: datetime, seen: int | None = None) -> Window:
    """Call a window off, for good. Its row and its date stay: cadence never makes it again."""
    window = _open(window, Act.CANCEL, seen)
    if faults := _says_why(reason):
        raise Refusal(faults)
    window.state, window.reason = State.CANCELLED, reason
    window.revision += 1
    window.save(update_fields=["state", "reason", "revision"])
    note_revision(window, Kind.CANCELLED, by=by, at=at, reason=reason)
    record("window.cancelled", window, by=by, at=at, starts_at=window.starts_at, reason=reason)
    holding.settle([window.pk], by=by, at=at)
    for each in contributors():
        each.window_cancelled(window, by=by, at=at)
    return window


def put(window: Window, slot: recurrence.Slot, wall: time) -> None:
    """Let a window lie there; nothing is written yet."""
    window.on, window.start_time, window.later_of_two = slot.on, wall.replace(fold=0), bool(wall.fold)
    window.starts_at, window.ends_at, window.zone_data = slot.starts_at, slot.ends_at, zone_data()


def revise(
    window: Window,
    kind: WindowRevision.Kind,
    was: Was,
    *,
    reason: str,
    by: Person,
    at: datetime,
    override: str = "",
) -> Window:
    """Write a window that lies elsewhere, is of another length or has another budget, as a new revision.

    Other times: its milestones start anew, and upper floors follow. The same times: it stays announced.
    """
    moves = (was.starts_at, was.ends_at) != (window.starts_at, window.ends_at)
    window.state = lifecycle.after(window.state, Act.MOVE if moves else Act.SET_BUDGET)
    window.announced_at = None if moves else window.announced_at
    window.reason, window.revision = reason, window.revision + 1
    _write(window)
    note_revision(window, kind, by=by, at=at, reason=reason)
    facts: dict[str, object] = {"was": was.starts_at, "to": window.starts_at, "reason": reason}
    if was.ends_at - was.starts_at != window.ends_at - window.starts_at:
        facts |= {"length_was": _seconds(was), "length": window.length_seconds}
    if was.budget_seconds != window.budget_seconds:
        facts |= {"budget_was": was.budget_seconds, "budget": window.budget_seconds}
    record(f"window.{kind.value}", window, by=by, at=at, **facts)
    disposing.override_freezes(window, reason=override, by=by, at=at)
    holding.settle([window.pk], by=by, at=at)
    for each in contributors() if moves else ():
        each.window_moved(window, by=by, at=at)
    return window


def _open(window: Window, act: Act, seen: int | None) -> Window:
    """The row, held; refused when the act is not possible or somebody was quicker."""
    Freeze.objects.kept_still()
    window = Window.objects.locked(window.pk)
    lifecycle.after(window.state, act)
    if seen is not None and seen != window.revision:
        raise conflict(
            "window.changed_meanwhile", legal=lifecycle.legal(window.state), window=window.reference
        )
    return window


def _says_why(reason: str) -> list[Reason]:
    return [] if reason.strip() else [Reason("window.reason_missing", {}, "reason")]


def _faults(window: Window, *, at: datetime) -> list[Reason]:
    """What is wrong with a window by itself."""
    found = []
    if window.starts_at <= at:
        found.append(Reason("window.in_the_past", {"on": window.on}, "on"))
    if window.budget_seconds > window.length_seconds:
        found.append(Reason("window.budget_exceeds_length", {}, "budget_seconds"))
    if window.kept_seconds > window.budget_seconds:
        found.append(Reason("window.kept_exceeds_budget", {"kept": window.kept_seconds}, "budget_seconds"))
    return found


def _seconds(was: Was) -> int:
    return round((was.ends_at - was.starts_at).total_seconds())


def note_revision(
    window: Window, kind: WindowRevision.Kind, *, by: Person | None, at: datetime, reason: str
) -> WindowRevision:
    """Keep what is true of the window under its present revision."""
    return WindowRevision.objects.create(
        window=window, revision=window.revision, starts_at=window.starts_at, ends_at=window.ends_at,
        budget_seconds=window.budget_seconds, kind=kind, reason=reason, by=by, at=at,
    )  # fmt: skip


def new_reference(system: System, on: date) -> str:
    """A reference that no window of this system had before. Holds the system: two at once get two."""
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    code = system.code.upper()
    taken = Window.objects.filter(reference__startswith=f"{code}-{on:%Y-%m}")
    return recurrence.month_reference(code, on, set(taken.values_list("reference", flat=True)))


def _refuse_clash(wanted: Window, faults: list[Reason], *, at: datetime, override: str = "") -> None:
    may_be_frozen = bool(override.strip())
    found = [each for each in clash_reasons(wanted) if not (may_be_frozen and each.code == IN_FREEZE)]
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
        at_once = Q(system=window.system_id, starts_at__lt=window.ends_at, ends_at__gt=window.starts_at)
        others = Window.objects.standing().filter(Q(on=window.on) | at_once).exclude(pk=window.pk)
        taken = others.first()
        if taken is None:
            raise
        code = "window.overlaps" if taken.system_id == window.system_id else "window.day_taken"
        raise refuse(code, at_field="on", window=taken.reference, on=taken.on) from error


def is_ahead(window: Window) -> bool:
    """Whether it can still be moved or cancelled."""
    return State(window.state) in lifecycle.AHEAD
