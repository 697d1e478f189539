"""How the windows that a cadence made follow it when it changes. Pure: pictures in, one step a window out.

Each window stands for a date of the rule. Old dates and new ones are paired month by month (week by week for
a weekly rhythm), so that June's window stays June's, and what a person touched is never moved or made again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from changeboard.refusal import Reason
from maintenance.domain import recurrence, slots
from maintenance.domain.conflicts import Frozen, Span, clashes

AROUND = timedelta(days=45)


@dataclass(frozen=True)
class Shape:
    """When a cadence's windows begin on their dates, how long they are and may be down."""

    wall: time
    zone: str
    length_seconds: int
    budget_seconds: int


@dataclass(frozen=True)
class Own:
    """A window of the cadence and the date of the rule that it stands for.

    `by_hand`: somebody moved, changed or cancelled it, or it is not ahead any more. It is left alone.
    """

    span: Span
    cadence_on: date
    budget_seconds: int
    by_hand: bool = False
    announced: bool = False
    standing: bool = True


class Fate(StrEnum):
    MOVES = "moves"
    ENDS = "ends"
    STAYS = "stays"
    BY_HAND = "by_hand"
    OVER = "over"
    NO_DAY = "no_day"


# The other fates leave a window where it is.
ACTING = (Fate.MOVES, Fate.ENDS)


@dataclass(frozen=True)
class Step:
    """What becomes of one window: where it lies then, the date it stands for, why not on that very date.

    `left`: clients know of it, and it is to stay where it is; `span` is where it would go.
    """

    own: Own
    fate: Fate
    span: Span
    cadence_on: date
    clash: tuple[Reason, ...] = ()
    left: bool = False

    @property
    def acts(self) -> bool:
        return self.fate in ACTING and not self.left


def follow(
    own: Sequence[Own],
    dates: Sequence[date],
    shape: Shape,
    others: Iterable[Span],
    freezes: Sequence[Frozen],
    *,
    by_week: bool,
    move_announced: bool,
    now: datetime,
) -> list[Step]:
    """One step for each window, in the order of their dates. `others` are the windows of other cadences and
    systems; `dates` those of the new rule, from the beginning of the present month or week on."""
    pairs = pair([each.cadence_on for each in own], dates, _week if by_week else _month)
    placed = list(others)
    placed += [each.span for each in own if each.standing and not _may_move(each, move_announced)]
    steps = []
    for each in sorted(own, key=lambda window: window.cadence_on):
        step = _step(each, pairs[each.cadence_on], shape, placed, freezes, move_announced, now)
        if step.fate is not Fate.ENDS and _may_move(each, move_announced):
            placed.append(step.span)
        steps.append(step)
    return steps


def unmade(steps: Iterable[Step], dates: Iterable[date]) -> list[date]:
    """The dates of the new rule that no window stands for yet: `extend_windows` makes them."""
    stood_for = {step.cadence_on for step in steps}
    return [on for on in dates if on not in stood_for]


def in_order(steps: Iterable[Step]) -> list[Step]:
    """The acting steps, so that none runs into another that has not moved yet: ends first, what goes later
    from the last one on, then what goes earlier from the first."""
    acting = [step for step in steps if step.acts]
    ends = [step for step in acting if step.fate is Fate.ENDS]
    moves = [step for step in acting if step.fate is Fate.MOVES]
    later = [step for step in moves if step.span.starts_at > step.own.span.starts_at]
    earlier = [step for step in moves if step not in later]
    return [
        *ends,
        *sorted(later, key=lambda step: step.own.span.starts_at, reverse=True),
        *sorted(earlier, key=lambda step: step.own.span.starts_at),
    ]


def fingerprint(steps: Iterable[Step]) -> str:
    """What a person was shown, whatever they choose for announced windows: saved is only what they saw."""
    shown = "\n".join(
        f"{step.own.span.id} {step.fate} {step.span.starts_at} {step.span.ends_at}" for step in steps
    )
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def pair(
    old: Iterable[date], new: Iterable[date], period: Callable[[date], object]
) -> dict[date, date | None]:
    """For each old date the new one that takes its place: itself where it is among them, else the next that
    is left over in the same period; None when there is none."""
    olds, news = sorted(set(old)), sorted(set(new))
    found: dict[date, date | None] = {on: on for on in olds if on in news}
    left: dict[object, list[date]] = defaultdict(list)
    for on in news:
        if on not in found:
            left[period(on)].append(on)
    for on in olds:
        if on not in found:
            found[on] = left[period(on)].pop(0) if left[period(on)] else None
    return found


def _month(on: date) -> object:
    return on.year, on.month


def _week(on: date) -> object:
    return on.isocalendar()[:2]


def _may_move(own: Own, move_announced: bool) -> bool:
    return own.standing and not own.by_hand and (move_announced or not own.announced)


def _step(
    own: Own,
    on: date | None,
    shape: Shape,
    placed: Sequence[Span],
    freezes: Sequence[Frozen],
    move_announced: bool,
    now: datetime,
) -> Step:
    still = Step(own, Fate.STAYS, own.span, on or own.cadence_on)
    wanted = own.span if on is None else _placed(own.span, on, shape)
    is_same = on is not None and wanted == own.span and shape.budget_seconds == own.budget_seconds
    if own.by_hand or is_same:
        return replace(still, fate=Fate.BY_HAND if own.by_hand else Fate.STAYS)
    if on is not None and wanted.starts_at <= now:
        return replace(still, fate=Fate.OVER)
    left = not _may_move(own, move_announced)
    if on is None:
        return replace(still, fate=Fate.ENDS, left=left)
    return replace(_around_clashes(still, wanted, shape, placed, freezes, now), left=left)


def _around_clashes(
    still: Step, wanted: Span, shape: Shape, placed: Sequence[Span], freezes: Sequence[Frozen], now: datetime
) -> Step:
    """On its date, or on the nearest free day, as when a window is made."""
    clash = tuple(clashes(wanted, placed, freezes))
    if clash:
        tomorrow = now.date() + timedelta(days=1)
        first, last = max(tomorrow, wanted.on - AROUND), wanted.on + AROUND
        free = slots.nearest_free(
            wanted, shape.wall, shape.zone, placed, freezes, first=first, last=last, count=1
        )
        if not free:
            return replace(still, fate=Fate.NO_DAY, clash=clash)
        wanted = _placed(wanted, free[0], shape)
    is_same = wanted == still.own.span and shape.budget_seconds == still.own.budget_seconds
    return replace(still, fate=Fate.STAYS if is_same else Fate.MOVES, span=wanted, clash=clash)


def _placed(span: Span, on: date, shape: Shape) -> Span:
    slot = recurrence.slot(on, shape.wall, shape.zone, shape.length_seconds)
    return replace(span, on=on, starts_at=slot.starts_at, ends_at=slot.ends_at)
