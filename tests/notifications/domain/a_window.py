"""A window on Tuesday 15 December 2026, 11:00–11:15 in Chicago (17:00 UTC), its policy and three of its readers."""

from datetime import UTC, datetime, timedelta

from notifications.domain.impact import OWN_SYSTEM, Effect, Impact
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Audience, Line, Milestone, When
from notifications.domain.picture import Entry, Reader, Revision, WindowPicture

M = Milestone
# A usual day for each milestone: the four named ones have no other.
STANDARD_DAYS = {
    M.EARLIEST: 60, M.EARLY: 30, M.TWO_WEEKS: 14, M.MIDWAY: 10, M.ONE_WEEK: 7, M.SOON: 3, M.DAY_BEFORE: 1,
    M.DAY_OF: 0,
}  # fmt: skip
START = datetime(2026, 12, 15, 17, tzinfo=UTC)
END = START + timedelta(minutes=15)
MADE = START - timedelta(days=180)
RIS, WORKLIST = 1, 31
DOWN = Effect(OWN_SYSTEM, RIS, "outage", 900)
AS_USUAL, SLOWER = Impact(frozenset({DOWN})), Impact(frozenset({DOWN, Effect(WORKLIST, RIS, "degraded", 30)}))
ORIGINAL = Revision(0, START, END, "made", MADE, AS_USUAL)
CLIENTS = [
    Line(Audience.CLIENTS, When.EVERY_WINDOW, milestone, STANDARD_DAYS.get(milestone, 0))
    for milestone in (M.TWO_WEEKS, M.DAY_BEFORE, M.STARTING, M.UNDER_WAY, M.EXTENDED, M.DONE)
]
SHORT = [
    Line(audience, When.SHORT_NOTICE_ONLY, milestone, STANDARD_DAYS[milestone])
    for audience in (Audience.INTERNAL, Audience.WIDER_CIRCLE)
    for milestone in (M.TWO_WEEKS, M.ONE_WEEK, M.DAY_OF)
]
DESK = Reader(1, Audience.CLIENTS, "America/Chicago", "email")
ORDERS = Reader(2, Audience.CLIENTS, "America/Chicago", "oms")
CIO = Reader(3, Audience.WIDER_CIRCLE, "America/Chicago", "email")


def window(*revisions: Revision, **facts) -> WindowPicture:
    return WindowPicture(1, revisions or (ORIGINAL,), **facts)


def moved_by(days: int, number: int = 1) -> Revision:
    by = timedelta(days=days)
    return Revision(number, START + by, END + by, "moved", START - timedelta(days=5), AS_USUAL)


def changed_to(impact: Impact, number: int = 1, at: datetime = START - timedelta(days=5)) -> Revision:
    return Revision(number, START, END, "impact", at, impact)


def told(
    milestone: Milestone, revision: int = 0, state: State = State.ACCEPTED, reader: Reader = DESK
) -> Entry:
    return Entry(reader.contact_id, reader.channel, revision, milestone, reader.audience, state)
