"""Go Time in figures: how long down, when back, and the last moment at which turning back still fits.

All lengths in seconds, instants in UTC, `now` as an argument.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Step:
    """A run step as the stopwatch sees it."""

    planned_seconds: int
    undo_seconds: int
    needs_downtime: bool
    is_over: bool
    started_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What the clocks of Go Time show."""

    down_seconds: int
    budget_seconds: int
    back_at: datetime
    undo_seconds: int
    back_out_by: datetime

    @property
    def is_over(self) -> bool:
        return self.budget_seconds > 0 and self.down_seconds > self.budget_seconds


def down_seconds(started_at: datetime | None, ended_at: datetime | None, now: datetime) -> int:
    """How long the platform has been down, or was. Nothing before it went down."""
    if started_at is None:
        return 0
    return max(0, int(((ended_at or now) - started_at).total_seconds()))


def read(
    steps: Iterable[Step],
    *,
    budget_seconds: int,
    starts_at: datetime,
    down_since: datetime | None,
    down_until: datetime | None,
    now: datetime,
) -> Reading:
    """The reading at `now`. Back at = now and the rest of the downtime steps as planned; back out by =
    end of the budget less the undoing of what has been done (PRODUCT.md section 5)."""
    steps = list(steps)
    since = down_since or max(starts_at, now)
    undo = sum(step.undo_seconds for step in steps if step.started_at is not None and step.needs_downtime)
    back_at = down_until or now + timedelta(
        seconds=sum(_left(step, now) for step in steps if step.needs_downtime)
    )
    return Reading(
        down_seconds(down_since, down_until, now),
        budget_seconds,
        max(back_at, since) if down_until is None else back_at,
        undo,
        since + timedelta(seconds=budget_seconds - undo),
    )


def _left(step: Step, now: datetime) -> int:
    if step.is_over:
        return 0
    if step.started_at is None:
        return step.planned_seconds
    return max(0, step.planned_seconds - int((now - step.started_at).total_seconds()))
