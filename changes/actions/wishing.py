"""Asking for a window: for one that is there, or for one that somebody would have to plan."""

from dataclasses import replace
from datetime import date, datetime, time

from django.db import transaction

from changeboard.directory.models import System
from changeboard.history.record import record
from changeboard.people.models import Person, platform_time_zone
from changeboard.refusal import Reason, Refusal, conflict, refuse
from changes.actions import filing, riding
from changes.domain.lifecycle import BEFORE_IN_PROGRESS, State, legal
from changes.models import Change, WindowWish
from changes.queries import sheets
from maintenance.domain import recurrence
from maintenance.models import Window
from maintenance.queries.standing import clash_reasons


@transaction.atomic
def ask_for(change: Change, window: Window, *, by: Person, at: datetime) -> Change:
    """Ask for a window that is there. Approved without one, the change rides on it; else it is edited, and what
    was approved for another goes back to the board. Its wish for a new window is over then."""
    change = Change.objects.locked(change.pk)
    if change.state == State.APPROVED and change.window is None:
        change = riding.ride(change, window, by=by, at=at)
    else:
        sheet = replace(sheets.sheet_of(change), window=window.pk)
        change = filing.edit(change, sheet, version=change.version, by=by, at=at)
    _end(change, by=by, at=at)
    return change


@transaction.atomic
def wish(
    change: Change,
    *,
    system: System,
    on: date,
    start_time: time,
    length_seconds: int,
    budget_seconds: int,
    by: Person,
    at: datetime,
) -> WindowWish:
    """Ask for a window that somebody would have to plan; takes the place of an earlier wish. The same again is
    the same wish. Refused where no window could lie, and when the change has begun."""
    change = Change.objects.locked(change.pk)
    if change.state not in BEFORE_IN_PROGRESS:
        raise conflict("wish.change_has_begun", legal=legal(change.state))
    wanted = {
        "system": system, "on": on, "start_time": start_time, "length_seconds": length_seconds,
        "budget_seconds": budget_seconds,
    }  # fmt: skip
    if same := change.window_wishes.filter(ended_at=None, **wanted).first():
        return same
    if reasons := _against(system, on, start_time, length_seconds, at=at):
        raise Refusal(reasons)
    _end(change, by=by, at=at)
    made = WindowWish.objects.create(change=change, by=by, at=at, **wanted)
    record("change.window_wished", change, by=by, at=at, system=system, on=on, hour=f"{start_time:%H:%M}")
    return made


def _against(system: System, on: date, wall: time, length_seconds: int, *, at: datetime) -> list[Reason]:
    zone = platform_time_zone()
    slot = recurrence.slot(on, wall, zone, length_seconds)
    if slot.starts_at <= at:
        return [Reason("window.in_the_past", {"on": on}, "on")]
    window = Window(
        system=system, on=on, start_time=wall, time_zone=zone, length_seconds=length_seconds,
        starts_at=slot.starts_at, ends_at=slot.ends_at,
    )  # fmt: skip
    return clash_reasons(window)


@transaction.atomic
def decline(wish: WindowWish, *, reason: str, by: Person, at: datetime) -> WindowWish:
    """Say that no such window is planned, and why. A second time nothing happens."""
    wish = WindowWish.objects.select_for_update(of=("self",)).select_related("change").get(pk=wish.pk)
    if not reason.strip():
        raise refuse("wish.reason_missing", at_field="reason")
    if wish.ended_at is None:
        wish.ended_at, wish.ended_by, wish.reason = at, by, reason
        wish.save(update_fields=["ended_at", "ended_by", "reason"])
        record("change.window_wish_declined", wish.change, by=by, at=at, wish=wish, reason=reason)
    return wish


@transaction.atomic
def take_back(wish: WindowWish, *, by: Person, at: datetime) -> None:
    """The change does without. A second time nothing happens."""
    change = Change.objects.locked(wish.change_id)
    if _end(change, by=by, at=at):
        record("change.window_wish_taken_back", change, by=by, at=at, wish=wish)


def _end(change: Change, *, by: Person, at: datetime) -> int:
    return change.window_wishes.filter(ended_at=None).update(ended_at=at, ended_by=by)
