"""Whether a system may be worked on now: what a pipeline asks before it deploys. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """Why it may, or may not."""

    UNDER_WAY = "under_way"
    NO_WINDOW = "no_window"
    NOT_STARTED = "not_started"
    VERIFYING = "verifying"
    FROZEN = "frozen"


@dataclass(frozen=True)
class Planned:
    """A window that is not over, as this question sees it. Instants in UTC."""

    reference: str
    starts_at: datetime
    ends_at: datetime
    state: str
    is_held: bool = False


@dataclass(frozen=True)
class Opening:
    """`until`: when that answer ends, if nobody changes anything (None: nothing is planned, or it runs over)."""

    allowed: bool
    why: Why
    window: str
    until: datetime | None


def opening(windows: Sequence[Planned], frozen_until: datetime | None, now: datetime) -> Opening:
    """The answer at `now`, from the system's windows (the next first) and the end of a hard freeze that is on.

    Go opens it, not the clock; work that runs over keeps it open until it is finished.
    """
    for window in windows:
        if window.state == "in_progress":
            until = window.ends_at if now < window.ends_at else None
            return Opening(True, Why.UNDER_WAY, window.reference, until)
        if window.state == "verifying":
            return Opening(False, Why.VERIFYING, window.reference, None)
    ahead = next((window for window in windows if not window.is_held), None)
    if frozen_until is not None:
        return Opening(False, Why.FROZEN, "", frozen_until)
    if ahead is not None and ahead.starts_at <= now:
        return Opening(False, Why.NOT_STARTED, ahead.reference, ahead.ends_at)
    return Opening(False, Why.NO_WINDOW, ahead.reference if ahead else "", ahead.starts_at if ahead else None)
