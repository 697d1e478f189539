"""Twelve months behind: windows with their outcomes, and the changes that rode on them. Seeded, so repeatable."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from changeboard import clock
from changeboard.demo.stories.changes import number_from
from changeboard.demo.stories.people import person
from changes.actions import searching
from changes.models import Change, CloseCode, EmergencyApproval, Review, RuleSet
from changes.models.change import next_number
from maintenance.domain.recurrence import slot
from maintenance.models import Cadence, Outcome, Window, WindowRevision

# RIS, month by month: planned and actual seconds down. June ran over its budget of fifteen minutes.
DOWN = {
    1: (720, 630), 2: (780, 732), 3: (660, 546), 4: (840, 816), 5: (720, 660), 6: (810, 972),
    7: (600, 528), 8: (720, 714), 9: (840, 744), 10: (660, 543), 11: (720, 580), 12: (660, 662),
}  # fmt: skip

TITLES = (
    "Monthly release", "Patch the operating systems", "Rotate service passwords", "Add a payer to the claims export",
    "Raise the log retention", "Tune the worklist query", "Replace an expiring certificate",
    "Update the dictation gateway", "Clean up unused image routes", "Move a report queue to the new broker",
    "Renew the anti-virus engine", "Extend the order archive", "Add a worklist colour for stroke",
)  # fmt: skip
LEVELS = (("low", 1, 2), ("low", 2, 2), ("moderate", 2, 3), ("moderate", 2, 4), ("high", 3, 4))
# The places of those windows on which an emergency rode.
URGENT = (2, 5, 11, 13, 17, 22, 23, 26, 31)
CONFIDENCE = (70, 80, 90, 95, 95, 99)


@dataclass(frozen=True)
class Went:
    """How one past change went."""

    code: str
    outcome: str
    learned: str


FINE = Went(CloseCode.SUCCESSFUL, "as_planned", "As planned. Nothing to change.")
BACKED = Went(
    CloseCode.BACKED_OUT, "backed_out", "The check after the switch failed; we turned back within the budget."
)
ISSUES = Went(CloseCode.WITH_ISSUES, "with_issues", "Worked, but the index had to be rebuilt the day after.")


def tell(*, now: datetime) -> int:
    """Past windows and their changes."""
    if Window.objects.filter(starts_at__lt=now).exists():
        return 0
    if not Change.objects.exists():
        # A sequence goes on even where what used it was taken back.
        number_from(1)
    today, chance = now.date(), Random(42)  # noqa: S311  (a repeatable story, no secret)
    windows = [
        _window(cadence, on)
        for cadence in Cadence.objects.select_related("system").order_by("system__position")
        for on in cadence.dates(today - timedelta(days=365), today - timedelta(days=1))
    ]
    written = Window.objects.bulk_create(sorted(windows, key=lambda window: window.starts_at))
    WindowRevision.objects.bulk_create(
        WindowRevision(
            window=window, revision=0, starts_at=window.starts_at, ends_at=window.ends_at, kind="made",
            at=window.starts_at - timedelta(days=183),
        )
        for window in written
    )  # fmt: skip
    made = sum(_changes(window, place, chance) for place, window in enumerate(written))
    searching.index_all()
    return len(written) + made


def _window(cadence: Cadence, on: date) -> Window:
    when = slot(on, cadence.start_time, cadence.time_zone, cadence.length_seconds)
    actual = DOWN[on.month][1] if cadence.budget_seconds else 0
    end = when.starts_at + timedelta(seconds=actual or cadence.length_seconds)
    return Window(
        reference=f"{cadence.system.code.upper()}-{on:%Y-%m}", system=cadence.system, cadence=cadence, cadence_on=on,
        on=on, start_time=cadence.start_time, time_zone=cadence.time_zone,
        length_seconds=cadence.length_seconds, starts_at=when.starts_at, ends_at=when.ends_at,
        zone_data=clock.zone_data(), budget_seconds=cadence.budget_seconds, state="completed",
        announced_at=when.starts_at - timedelta(days=14), started_at=when.starts_at, verifying_at=end,
        finished_at=end + timedelta(minutes=4), actual_downtime_seconds=actual, outcome=Outcome.AS_PLANNED,
    )  # fmt: skip


def _changes(window: Window, place: int, chance: Random) -> int:
    """Three changes a window, closed and reviewed; of all, three were backed out, one had trouble, and
    some were emergencies of the day before."""
    engineers, reviewer = [person("engineer"), person("engineer2")], person("release")
    planned = DOWN[window.on.month][0] if window.budget_seconds else 0
    for number in range(3):
        went = {7: BACKED, 16: BACKED, 25: BACKED, 19: ISSUES}.get(place, FINE) if number == 1 else FINE
        own = planned * (3 if number == 0 else 1) // 4 if number < 2 else 0
        change = _change(window, number, engineers[number % 2], own, went, chance)
        change.systems.set([window.system])
        if number == 2 and place in URGENT:
            _urgent(change, at=window.starts_at - timedelta(hours=20))
        Review.objects.create(
            change=change, outcome=went.outcome,
            actual_downtime_seconds=own, learned=went.learned, by=reviewer, at=change.closed_at,
        )  # fmt: skip
    return 3


def _urgent(change: Change, *, at: datetime) -> None:
    """It was approved by two members of the board within minutes, and reviewed when it was closed."""
    Change.objects.filter(pk=change.pk).update(
        kind="emergency",
        submitted_at=at,
        decided_at=at + timedelta(minutes=11),
        review_due_at=change.closed_at,
    )
    EmergencyApproval.objects.bulk_create(
        EmergencyApproval(change=change, person=person(username), at=at + timedelta(minutes=minutes))
        for minutes, username in ((6, "member6"), (11, "chair"))
    )


def _change(window: Window, number: int, requester: object, down: int, went: Went, chance: Random) -> Change:
    level, likelihood, impact = chance.choice(LEVELS)
    title = TITLES[0] if number == 0 else chance.choice(TITLES[1:])
    at = window.starts_at
    return Change.objects.create(
        number=next_number(), title=f"{title}, {window.system} {window.on:%b %Y}", requester=requester,
        why="Part of the usual month.", state="closed", window=window, test_statement="Tested on the mirror.",
        planned_down_seconds=down, worst_down_seconds=down + (60 if down else 0), undo_seconds=120,
        confidence=chance.choice(CONFIDENCE) if went is FINE else 90, likelihood=likelihood, impact=impact,
        risk_score=likelihood * impact, risk_level=level, rule_set=RuleSet.objects.first(),
        created_at=at - timedelta(days=200), submitted_at=at - timedelta(days=198 if down else 40),
        decided_at=at - timedelta(days=30), closed_at=at + timedelta(days=2), close_code=went.code,
        trouble_records=["INC-2291"] if went is ISSUES else [],
    )  # fmt: skip
