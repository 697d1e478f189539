"""Each system's cadence; what one would give from now on, and what a change of it would move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from changeboard import clock
from changeboard.directory.models import System
from changeboard.directory.queries.public_holidays import holiday
from changeboard.refusal import Reason
from maintenance.contributions import Told
from maintenance.domain import following, recurrence, rhythm, slots
from maintenance.domain.conflicts import Frozen, Span, clashes
from maintenance.domain.following import Own, Shape, Step
from maintenance.domain.lifecycle import AHEAD, State
from maintenance.domain.recurrence import Slot
from maintenance.domain.rhythm import Unit
from maintenance.models import Cadence, Window, WindowRevision
from maintenance.queries import told
from maintenance.queries.standing import freezes_between, span_of

SHOWN = 12
# A rule that gives less than twelve dates in as many years is shown with those.
FAR = timedelta(days=365 * 13)
AROUND = timedelta(days=45)


@dataclass(frozen=True)
class Line:
    """A system, its cadence if it has one, and its next window."""

    system: System
    cadence: Cadence | None
    next_window: Window | None


@dataclass(frozen=True)
class Dated:
    """A date that a cadence gives: what it clashes with, where its window would go then, what day it is."""

    slot: Slot
    clashes: tuple[Reason, ...]
    is_refused: bool
    goes_to: Slot | None
    holiday: str
    is_skipped: bool
    is_twice: bool


@dataclass(frozen=True)
class Preview:
    """The next dates of a cadence. `gaps`: months among them in which its weekday does not exist."""

    dates: tuple[Dated, ...]
    gaps: tuple[date, ...]


@dataclass(frozen=True)
class Row:
    """One window of a changed cadence: what becomes of it, and who would have to be told."""

    step: Step
    window: Window
    told: Told
    budget_seconds: int

    @property
    def budget_moves(self) -> bool:
        return self.budget_seconds != self.window.budget_seconds


@dataclass(frozen=True)
class Consequences:
    """What a changed cadence does to the windows that it made, and the dates that it makes anew."""

    rows: tuple[Row, ...]
    made: tuple[date, ...]

    @property
    def ahead(self) -> list[Row]:
        """Those of windows that lie ahead; what is over or cancelled only keeps its month."""
        return [row for row in self.rows if row.window.state in AHEAD]

    @property
    def steps(self) -> list[Step]:
        return [row.step for row in self.rows]

    @property
    def acting(self) -> list[Step]:
        return [step for step in self.steps if step.acts]

    @property
    def concern(self) -> list[Step]:
        """What a person is asked about: windows that go, also those that only would."""
        return [step for step in self.steps if step.fate in following.ACTING]

    @property
    def to_look_at(self) -> bool:
        """Whether a person is shown it first: windows go, or others are made."""
        return bool(self.concern or self.made)

    @property
    def announced(self) -> list[Step]:
        return [step for step in self.concern if step.own.announced]

    @property
    def fingerprint(self) -> str:
        return following.fingerprint(self.steps)


def listed(*, now: datetime) -> list[Line]:
    """Every system in its order. Three queries."""
    cadences = {each.system_id: each for each in Cadence.objects.active()}
    soonest = Window.objects.upcoming(now=now).order_by("system_id", "starts_at").distinct("system_id")
    windows = {window.system_id: window for window in soonest}
    return [Line(each, cadences.get(each.pk), windows.get(each.pk)) for each in System.objects.all()]


def preview(cadence: Cadence, *, now: datetime) -> Preview:
    """The next twelve dates of a cadence, written or not. Five queries."""
    today = clock.local_date(now, cadence.time_zone)
    dates = cadence.dates(today, today + FAR)
    slot_of = [_slot(cadence, on) for on in dates[: SHOWN + 1]]
    coming = [each for each in slot_of if each.starts_at > now][:SHOWN]
    if not coming:
        return Preview((), ())
    standing = _others(cadence, coming[0].on - AROUND, coming[-1].on + AROUND)
    frozen = freezes_between(coming[0].starts_at - AROUND, coming[-1].ends_at + AROUND)
    promised = _promised(cadence, coming[0].on, coming[-1].on, standing)
    lines = tuple(_dated(cadence, each, standing, frozen, promised, now) for each in coming)
    return Preview(lines, tuple(rhythm.gaps(rhythm.read(cadence.rrule), [each.on for each in coming])))


def consequences(cadence: Cadence, wanted: Cadence, *, move_announced: bool, now: datetime) -> Consequences:
    """What becomes of the windows of `cadence` if it is `wanted` from now on. Six queries."""
    found = rhythm.read(wanted.rrule)
    by_week = found is not None and found.unit is Unit.WEEK
    today = clock.local_date(now, wanted.time_zone)
    begins = today - timedelta(days=today.weekday()) if by_week else today.replace(day=1)
    windows = _own(cadence, begins)
    horizon = clock.local_date(now + timedelta(days=settings.PLANNING_HORIZON_DAYS), wanted.time_zone)
    last = max([horizon, *(window.cadence_on for window in windows if window.cadence_on)])
    dates = wanted.dates(begins, last + timedelta(days=31))
    shape = Shape(wanted.start_time, wanted.time_zone, wanted.length_seconds, wanted.budget_seconds)
    others = _others(cadence, begins - AROUND, last + 2 * AROUND)
    frozen = freezes_between(now - AROUND, now + (last - today) + 2 * AROUND)
    steps = following.follow(
        [_picture(window, now) for window in windows], dates, shape, others, frozen,
        by_week=by_week, move_announced=move_announced, now=now,
    )  # fmt: skip
    coming = [on for on in dates if on <= horizon and _slot(wanted, on).starts_at > now]
    known = told.by_window([window for window in windows if window.state in AHEAD])
    by_pk = {window.pk: window for window in windows}
    rows = [
        Row(step, by_pk[pk], known.get(pk, Told()), wanted.budget_seconds)
        for step in steps
        if (pk := step.own.span.id) is not None
    ]
    return Consequences(tuple(rows), tuple(following.unmade(steps, coming)))


def ahead(cadence: Cadence, *, now: datetime) -> list[Window]:
    """The windows of a cadence that lie ahead, the next first. One query."""
    return list(Window.objects.upcoming(now=now).filter(cadence=cadence).for_pages())


def _slot(cadence: Cadence, on: date) -> Slot:
    return recurrence.slot(on, cadence.start_time, cadence.time_zone, cadence.length_seconds)


def _own(cadence: Cadence, first: date) -> list[Window]:
    by_hand = WindowRevision.objects.filter(window=OuterRef("pk"), kind__in=WindowRevision.BY_HAND)
    rows = Window.objects.filter(cadence=cadence, cadence_on__gte=first).order_by("cadence_on")
    return list(rows.annotate(by_hand=Exists(by_hand)).for_pages())


def _picture(window: Window, now: datetime) -> Own:
    is_ahead = window.state in AHEAD and window.starts_at > now
    return Own(
        span_of(window), window.cadence_on or window.on, window.budget_seconds,
        by_hand=not is_ahead or window.by_hand,  # type: ignore[attr-defined]
        announced=window.state == State.ANNOUNCED,
        standing=window.state != State.CANCELLED,
    )  # fmt: skip


def _others(cadence: Cadence, first: date, last: date) -> list[Span]:
    """Every window that stands between two days and is not this cadence's. One query."""
    rows = Window.objects.standing().filter(on__gte=first, on__lte=last)
    return [span_of(window) for window in (rows.exclude(cadence=cadence.pk) if cadence.pk else rows)]


def _promised(
    cadence: Cadence, first: date, last: date, standing: Sequence[Span]
) -> dict[date, list[Reason]]:
    """The dates of other systems' cadences on which no window of theirs stands yet."""
    found: dict[date, list[Reason]] = {}
    known = {(span.system_id, span.on) for span in standing}
    for other in Cadence.objects.active().exclude(system=cadence.system_id):
        for on in other.dates(first, last):
            if (other.system_id, on) not in known:
                found.setdefault(on, []).append(
                    Reason("cadence.other_day", {"system": other.system.code, "on": on})
                )
    return found


def _dated(
    cadence: Cadence, slot: Slot, standing: Sequence[Span], frozen: Sequence[Frozen],
    promised: dict[date, list[Reason]], now: datetime,
) -> Dated:  # fmt: skip
    wanted = Span(None, "", cadence.system_id, slot.on, slot.starts_at, slot.ends_at)
    found = clashes(wanted, standing, frozen)
    instants = clock.times_at_wall(slot.on, cadence.start_time, cadence.time_zone)
    return Dated(
        slot, (*found, *promised.get(slot.on, ())), bool(found),
        _elsewhere(cadence, wanted, standing, frozen, now) if found else None,
        holiday(slot.on), is_skipped=not instants, is_twice=len(instants) > 1,
    )  # fmt: skip


def _elsewhere(
    cadence: Cadence, wanted: Span, standing: Sequence[Span], frozen: Sequence[Frozen], now: datetime
) -> Slot | None:
    first = max(clock.local_date(now, cadence.time_zone) + timedelta(days=1), wanted.on - AROUND)
    free = slots.nearest_free(
        wanted, cadence.start_time, cadence.time_zone, standing, frozen,
        first=first, last=wanted.on + AROUND, count=1,
    )  # fmt: skip
    return _slot(cadence, free[0]) if free else None
