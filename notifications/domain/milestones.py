"""When each notice is due and when it is too late: the lateness table of PRODUCT.md section 6, as figures.

Days are counted on the calendar of the contact's own zone, then the local hour is put on: "two weeks
before" stays 09:00 across a change to or from daylight saving.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from changeboard import clock
from notifications.domain import quiet
from notifications.domain.quiet import Quiet


class Audience(StrEnum):
    CLIENTS = "clients"
    INTERNAL = "internal"
    WIDER_CIRCLE = "wider_circle"


class When(StrEnum):
    """Which windows a line of the policy is about."""

    EVERY_WINDOW = "every_window"
    SHORT_NOTICE_ONLY = "short_notice_only"
    EMERGENCY_ONLY = "emergency_only"
    DOWNTIME_ONLY = "downtime_only"
    NO_DOWNTIME_ONLY = "no_downtime_only"


class Milestone(StrEnum):
    """In the order of their days: four are named by their day, four others take any day between those."""

    EARLIEST = "earliest"
    EARLY = "early"
    TWO_WEEKS = "two_weeks"
    MIDWAY = "midway"
    ONE_WEEK = "one_week"
    SOON = "soon"
    DAY_BEFORE = "day_before"
    DAY_OF = "day_of"
    STARTING = "starting"
    UNDER_WAY = "under_way"
    EXTENDED = "extended"
    DONE = "done"
    CHANGED = "changed"
    MOVED = "moved"
    CANCELLED = "cancelled"


M = Milestone
# From how many days before the start to how many each milestone may lie: none can pass another one.
SLOTS = {
    M.EARLIEST: (31, 180), M.EARLY: (15, 30), M.TWO_WEEKS: (14, 14), M.MIDWAY: (8, 13), M.ONE_WEEK: (7, 7),
    M.SOON: (2, 6), M.DAY_BEFORE: (1, 1), M.DAY_OF: (0, 0),
}  # fmt: skip
AHEAD = tuple(SLOTS)
# A contract or a quiet period may bring these forward; a reminder keeps its day.
WELL_AHEAD = AHEAD[: AHEAD.index(M.DAY_BEFORE)]
# Of no use once the work is over, however early that was.
WHILE_IT_RUNS = (M.STARTING, M.UNDER_WAY, M.EXTENDED)
POINT_OF_SERVICE = (M.STARTING, M.UNDER_WAY, M.EXTENDED, M.DONE)
OF_POLICY = (*AHEAD, *POINT_OF_SERVICE)
RETRACTIONS = (M.MOVED, M.CANCELLED)
# Told before all else, to whoever heard something else: the date, or what stops, is not true any more.
AT_ONCE = (M.CHANGED, *RETRACTIONS)
# The order in which one makes the other stale.
ORDER = (*OF_POLICY, *AT_ONCE)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
STARTING_MINUTES = 60
DAY_OF_LEAD = 2 * HOUR
DAY_BEFORE_CLOSES = timedelta(minutes=30)


class Asked(Protocol):
    """What a line of the policy asks about a window."""

    @property
    def system_id(self) -> int: ...

    @property
    def is_short_notice(self) -> bool: ...

    @property
    def has_emergency(self) -> bool: ...

    @property
    def takes_downtime(self) -> bool: ...


@dataclass(frozen=True)
class Line:
    """One line of the notice policy. `days_before` and `local_hour` matter to the milestones ahead only,
    `minutes_before` to *starting* only. No systems (ids) or no channels: all of them.

    `quiet` are the quiet periods that bind its audience.
    """

    audience: Audience
    when: When
    milestone: Milestone
    days_before: int = 0
    local_hour: int = 9
    minutes_before: int = STARTING_MINUTES
    systems: frozenset[int] = frozenset()
    channels: frozenset[str] = frozenset()
    quiet: tuple[Quiet, ...] = ()

    def is_about(self, window: Asked) -> bool:
        """Whether it is about this window: its system, and what kind of window it is."""
        is_kind = {
            When.EVERY_WINDOW: True,
            When.SHORT_NOTICE_ONLY: window.is_short_notice,
            When.EMERGENCY_ONLY: window.has_emergency,
            When.DOWNTIME_ONLY: window.takes_downtime,
            When.NO_DOWNTIME_ONLY: not window.takes_downtime,
        }
        return is_kind[self.when] and (not self.systems or window.system_id in self.systems)

    def goes_by(self, channel: str) -> bool:
        return not self.channels or channel in self.channels


def slot_of(days_before: int) -> Milestone:
    """The milestone that lies so many days (0 to 180) before the start."""
    return next(each for each, (least, most) in SLOTS.items() if least <= days_before <= most)


def due_ahead(
    line: Line,
    starts_at: datetime,
    zone: str,
    contract_days: int | None = None,
    known_at: datetime | None = None,
) -> datetime:
    """When a milestone ahead of the start is due for a contact in `zone` (UTC).

    A contract that asks for more days than the policy moves the notice earlier, never later, and so does a
    quiet period, unless the date became known (`known_at`) too late for that. Reminders, the day before and
    on the day, keep their day. The day-of notice comes at least two hours before the start: 09:00 in Honolulu
    is after 11:00 in Chicago.
    """
    wall = time(line.local_hour)
    if line.milestone not in WELL_AHEAD:
        due = clock.days_before(starts_at, line.days_before, zone, wall)
        return min(due, starts_at - DAY_OF_LEAD) if line.milestone is M.DAY_OF else due
    due = clock.days_before(starts_at, max(line.days_before, contract_days or 0), zone, wall)
    return quiet.brought_forward(due, wall, zone, line.quiet, known_at) if line.quiet else due


def due_elsewhere(due_at: datetime, starts_at: datetime, here: str, there: str) -> datetime:
    """When a notice ahead, due at `due_at` for a reader in `here`, would be due for one in `there` (UTC): as many
    calendar days before the start, at the same hour of the other clock."""
    local = clock.local(due_at, here)
    days = (clock.local(starts_at, here).date() - local.date()).days
    return clock.days_before(starts_at, days, there, local.time())


def too_late_ahead(line: Line, starts_at: datetime, zone: str, reminder_hour: int | None = None) -> datetime:
    """After this instant the notice is no longer worth sending (UTC). `reminder_hour` is that of the
    day-before notice, where it is not the line's own."""
    if line.milestone in WELL_AHEAD:
        hour = line.local_hour if reminder_hour is None else reminder_hour
        return clock.days_before(starts_at, 1, zone, time(hour))
    return starts_at - DAY_BEFORE_CLOSES if line.milestone is M.DAY_BEFORE else starts_at


def too_late_at_service(milestone: Milestone, starts_at: datetime, ends_at: datetime) -> datetime:
    """After the start "starting" is false; the others are told up to a day after the end."""
    return starts_at if milestone is M.STARTING else ends_at + DAY


def too_late_to_retract(told_end: datetime, retracted_at: datetime) -> datetime:
    """A move or a cancellation is told until seven days after the end that the contact had heard of."""
    return max(told_end, retracted_at) + WEEK
