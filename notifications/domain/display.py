"""What an OMS shows now. The phase hangs on the clock alone: it turns without any write (PRODUCT.md 6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from notifications.domain.milestones import DAY, HOUR, STARTING_MINUTES, Milestone

RETRACTION_LEAD = timedelta(hours=12)
NEAR = timedelta(hours=2)
POLL_NEAR, POLL_FAR = 15, 60


class Phase(StrEnum):
    NOTHING = "nothing"
    STARTING = "starting"
    UNDER_WAY = "under_way"
    EXTENDED = "extended"
    DONE = "done"
    MOVED = "moved"
    CANCELLED = "cancelled"


P = Phase
# The most pressing first: with two windows at once the OMS shows this one.
PRESSING = (P.EXTENDED, P.UNDER_WAY, P.STARTING, P.MOVED, P.CANCELLED, P.DONE, P.NOTHING)
MILESTONE = {
    P.STARTING: Milestone.STARTING,
    P.UNDER_WAY: Milestone.UNDER_WAY,
    P.EXTENDED: Milestone.EXTENDED,
    P.DONE: Milestone.DONE,
    P.MOVED: Milestone.MOVED,
    P.CANCELLED: Milestone.CANCELLED,
}


@dataclass(frozen=True)
class Moments:
    """The instants of one window, UTC; `retracted_*` are those that the client was told before."""

    starts_at: datetime
    ends_at: datetime
    started_at: datetime | None = None
    expected_end_at: datetime | None = None
    done_at: datetime | None = None
    is_cancelled: bool = False
    retracted_starts_at: datetime | None = None
    retracted_ends_at: datetime | None = None
    # How long before the start it is shown: the policy's word.
    minutes_before: int = STARTING_MINUTES

    @property
    def last_end(self) -> datetime:
        return max(self.ends_at, self.expected_end_at or self.ends_at)

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.done_at is None


@dataclass(frozen=True)
class Showing:
    """The phase, and the next instant at which the clock alone changes it (None: not by the clock)."""

    phase: Phase
    next_change_at: datetime | None


def showing(window: Moments, now: datetime) -> Showing:
    """What to show of this window at `now`. A window that nobody started is over at its end, unsaid."""
    own = Showing(P.NOTHING, None) if window.is_cancelled else _of_the_window(window, now)
    retraction = _of_the_retraction(window, now)
    if own.phase is not P.NOTHING or retraction is None:
        return own
    changes = [at for at in (own.next_change_at, retraction.next_change_at) if at is not None]
    return Showing(retraction.phase, min(changes) if changes else None)


def _of_the_window(window: Moments, now: datetime) -> Showing:
    if window.done_at is not None:
        over_at = window.done_at + HOUR
        return Showing(P.DONE, over_at) if now < over_at else Showing(P.NOTHING, None)
    if not window.is_running:
        opens_at = window.starts_at - timedelta(minutes=window.minutes_before)
        if now < opens_at:
            return Showing(P.NOTHING, opens_at)
        if now < window.starts_at:
            return Showing(P.STARTING, window.starts_at)
    return _at_work(window, now)


def _at_work(window: Moments, now: datetime) -> Showing:
    if now < window.last_end:
        runs_over = window.last_end > window.ends_at
        return Showing(P.EXTENDED if runs_over else P.UNDER_WAY, window.last_end)
    return Showing(P.EXTENDED if window.is_running else P.NOTHING, None)


def _of_the_retraction(window: Moments, now: datetime) -> Showing | None:
    starts_at, ends_at = window.retracted_starts_at, window.retracted_ends_at
    if starts_at is None or ends_at is None or now >= ends_at:
        return None
    if now < starts_at - RETRACTION_LEAD:
        return Showing(P.NOTHING, starts_at - RETRACTION_LEAD)
    return Showing(P.CANCELLED if window.is_cancelled else P.MOVED, ends_at)


def poll_after(next_change_at: datetime | None, phase: Phase, now: datetime) -> int:
    """Seconds until the OMS should ask again: often while something is near, else once a minute."""
    near = phase is not P.NOTHING or (next_change_at is not None and next_change_at - now < NEAR)
    return POLL_NEAR if near else POLL_FAR


def valid_until(now: datetime) -> datetime:
    """How long the answer may be believed unasked: about a day, on the hour, so that the ETag is steady."""
    return now.replace(minute=0, second=0, microsecond=0) + DAY
