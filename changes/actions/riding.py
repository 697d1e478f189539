"""Riding on a window: getting on, getting off, and following the window's run."""

from collections.abc import Iterator
from datetime import datetime, time

from django.conf import settings
from django.db import transaction

from changeboard import clock
from changeboard.directory.queries.public_holidays import public_holidays, today
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict
from changes.actions import templates, writing
from changes.actions.asking_again import ask_again
from changes.domain import lifecycle, working_days
from changes.domain.lifecycle import BEFORE_IN_PROGRESS, Act, State
from changes.models import Change, Kind
from maintenance.models import Window

REVIEW_DAYS = 5


@transaction.atomic
def ride(change: Change, window: Window, *, by: Person | None, at: datetime) -> Change:
    """Put an approved change on a window that has not begun: it is scheduled.

    Refused for another window than the board approved, and for one that would make it a short-notice
    change which nobody examined: ask for that window by editing, so that the board sees it.
    """
    change = Change.objects.locked(change.pk)
    state = lifecycle.after(change.state, Act.RIDE)
    if change.window_id not in (None, window.pk):
        raise _refused("change.approved_for_another_window", change, window=change.window)
    if not writing.is_open(window.pk, at=at):
        raise _refused("change.window_is_not_open", change, window=window)
    if change.window is None:
        change.window, change.asked_at = window, at
        if change.is_short_notice(now=at):
            raise _refused("change.would_be_short_notice", change, window=window)
    change.state = state
    change.save(update_fields=["state", "window", "asked_at"])
    record("change.scheduled", change, by=by, at=at, window=window)
    return change


@transaction.atomic
def confirm(change: Change, *, by: Person | None, at: datetime) -> Change:
    """Approval confirms the window that the change asked for: it rides, if that window still waits."""
    change = Change.objects.locked(change.pk)
    if change.window is None or not writing.is_open(change.window.pk, at=at):
        return change
    return ride(change, change.window, by=by, at=at)


@transaction.atomic
def unride(change: Change, *, by: Person | None, at: datetime, reason: str = "") -> Change:
    """Take a scheduled change off its window: approved again, and free to ride on another."""
    change = Change.objects.locked(change.pk)
    change.state = lifecycle.after(change.state, Act.UNRIDE)
    window, change.window = change.window, None
    change.save(update_fields=["state", "window"])
    record("change.unscheduled", change, by=by, at=at, window=window, reason=reason)
    return change


@transaction.atomic
def on_run_started(window: Window, *, by: Person, at: datetime) -> None:
    """The window goes: what is scheduled on it is in progress."""
    for change in _on(window, State.SCHEDULED):
        _turn(change, Act.START, by=by, at=at)


@transaction.atomic
def on_run_verifying(window: Window, *, by: Person, at: datetime) -> None:
    """The last step is done: what was in progress is being verified."""
    for change in _on(window, State.IN_PROGRESS):
        _turn(change, Act.VERIFY, by=by, at=at)


@transaction.atomic
def on_run_finished(window: Window, *, backed_out: bool, by: Person, at: datetime) -> None:
    """The run is over: every change on it is implemented, or backed out with it."""
    for change in _on(window, State.IN_PROGRESS, State.VERIFYING):
        if backed_out:
            _turn(change, Act.BACK_OUT, by=by, at=at)
            if change.template is not None and change.kind == Kind.STANDARD:
                templates.suspend(change.template, by=by, at=at, because=change)
            continue
        if change.state == State.IN_PROGRESS:
            _turn(change, Act.VERIFY, by=by, at=at)
        _turn(change, Act.IMPLEMENT, by=by, at=at)


@transaction.atomic
def on_window_moved(window: Window, *, by: Person | None, at: datetime) -> None:
    """The window moved and its changes with it: noted in each one's history, and whoever of the wider circle
    had answered to the day before is asked again."""
    for change in Change.objects.asking_for(window).order_by("pk"):
        record("change.window_moved", change, by=by, at=at, window=window, starts_at=window.starts_at)
        if change.state in BEFORE_IN_PROGRESS:
            ask_again(change, ["window"], by=by, at=at)


@transaction.atomic
def on_window_cancelled(window: Window, *, by: Person | None, at: datetime) -> None:
    """The window is cancelled: what rode on it is approved and waits for another, wishes are dropped."""
    for change in _on(window, State.SCHEDULED):
        unride(change, by=by, at=at, reason="window cancelled")
    for change in _on(window, *lifecycle.BEFORE_APPROVAL, State.APPROVED):
        change.window = None
        change.save(update_fields=["window"])
        record("change.window_cancelled", change, by=by, at=at, window=window)


def review_due_at(done_at: datetime) -> datetime:
    """When the review of an emergency is due: 17:00 in the platform's zone, five working days on."""
    day = working_days.after(today(done_at), REVIEW_DAYS, public_holidays())
    return clock.at_wall(day, time(17), settings.PLATFORM_TIME_ZONE)


def _on(window: Window, *states: State) -> Iterator[Change]:
    yield from Change.objects.select_for_update().filter(window=window, state__in=states).order_by("pk")


def _turn(change: Change, act: Act, *, by: Person, at: datetime) -> None:
    change.state = lifecycle.after(change.state, act)
    if change.kind == Kind.EMERGENCY and act in (Act.IMPLEMENT, Act.BACK_OUT):
        change.review_due_at = review_due_at(at)
    change.save(update_fields=["state", "review_due_at"])
    record(f"change.{change.state}", change, by=by, at=at, window=change.window)


def _refused(code: str, change: Change, *, window: Window | None) -> Exception:
    return conflict(code, legal=lifecycle.legal(change.state), window=str(window))
