"""When each notice is due and when it is too late: the lateness table of PRODUCT.md section 6, as figures.

Days are counted on the calendar of the contact's own zone, then the local hour is put on: "two weeks
before" stays 09:00 across a change to or from daylight saving.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from changeboard import clock


class Audience(StrEnum):
    CLIENTS = "clients"
    INTERNAL = "internal"
    WIDER_CIRCLE = "wider_circle"


class When(StrEnum):
    EVERY_WINDOW = "every_window"
    SHORT_NOTICE_ONLY = "short_notice_only"


class Milestone(StrEnum):
    TWO_WEEKS = "two_weeks"
    ONE_WEEK = "one_week"
    DAY_BEFORE = "day_before"
    DAY_OF = "day_of"
    STARTING = "starting"
    UNDER_WAY = "under_way"
    EXTENDED = "extended"
    DONE = "done"
    MOVED = "moved"
    CANCELLED = "cancelled"


M = Milestone
AHEAD = (M.TWO_WEEKS, M.ONE_WEEK, M.DAY_BEFORE, M.DAY_OF)
POINT_OF_SERVICE = (M.STARTING, M.UNDER_WAY, M.EXTENDED, M.DONE)
OF_POLICY = (*AHEAD, *POINT_OF_SERVICE)
RETRACTIONS = (M.MOVED, M.CANCELLED)
# The order in which one makes the other stale; a retraction is told before all else.
ORDER = (*OF_POLICY, *RETRACTIONS)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
STARTING_LEAD = HOUR
DAY_OF_LEAD = 2 * HOUR
DAY_BEFORE_CLOSES = timedelta(minutes=30)
STANDARD_DAYS = {M.TWO_WEEKS: 14, M.ONE_WEEK: 7, M.DAY_BEFORE: 1, M.DAY_OF: 0}


@dataclass(frozen=True)
class Line:
    """One line of the notice policy. `days_before` and `local_hour` matter to the milestones ahead only."""

    audience: Audience
    when: When
    milestone: Milestone
    days_before: int = 0
    local_hour: int = 9


def due_ahead(line: Line, starts_at: datetime, zone: str, contract_days: int | None = None) -> datetime:
    """When a milestone ahead of the start is due for a contact in `zone` (UTC).

    A contract that asks for more days than the policy moves the two-week notice earlier, never later.
    The day-of notice comes at least two hours before the start: 09:00 in Honolulu is after 11:00 in Chicago.
    """
    days = line.days_before
    if line.milestone is M.TWO_WEEKS:
        days = max(days, contract_days or 0)
    due = clock.days_before(starts_at, days, zone, time(line.local_hour))
    return min(due, starts_at - DAY_OF_LEAD) if line.milestone is M.DAY_OF else due


def too_late_ahead(line: Line, starts_at: datetime, zone: str) -> datetime:
    """After this instant the notice is no longer worth sending (UTC)."""
    if line.milestone in (M.TWO_WEEKS, M.ONE_WEEK):
        return clock.days_before(starts_at, 1, zone, time(line.local_hour))
    return starts_at - DAY_BEFORE_CLOSES if line.milestone is M.DAY_BEFORE else starts_at


def too_late_at_service(milestone: Milestone, starts_at: datetime, ends_at: datetime) -> datetime:
    """After the start "starting" is false; the others are told up to a day after the end."""
    return starts_at if milestone is M.STARTING else ends_at + DAY


def too_late_to_retract(told_end: datetime, retracted_at: datetime) -> datetime:
    """A move or a cancellation is told until seven days after the end that the contact had heard of."""
    return max(told_end, retracted_at) + WEEK
