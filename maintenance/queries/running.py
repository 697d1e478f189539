"""Go Time as its page shows it: clocks, the step that runs, what is done and what is to come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from maintenance.domain import stopwatch
from maintenance.models import Run, RunStep, SmokeCheck, Window

S = RunStep.State
OVER = (S.DONE, S.UNDONE, S.SKIPPED)


@dataclass(frozen=True)
class PhaseOfRun:
    """The steps of one phase; `is_folded` when only its summary is shown."""

    label: str
    steps: list[RunStep]
    is_folded: bool

    @property
    def done(self) -> int:
        return sum(step.state in (S.DONE, S.UNDONE) for step in self.steps)

    @property
    def planned_seconds(self) -> int:
        return sum(step.planned_seconds for step in self.steps)

    @property
    def took_seconds(self) -> int:
        return sum(step.took_seconds or 0 for step in self.steps)


@dataclass(frozen=True)
class GoTime:
    """A run at one moment. Lengths in seconds."""

    window: Window
    run: Run
    steps: list[RunStep]
    checks: list[SmokeCheck]
    now: datetime
    shows_all: bool = False

    @cached_property
    def reading(self) -> stopwatch.Reading:
        seen = [
            stopwatch.Step(
                step.planned_seconds,
                step.undo_seconds,
                step.needs_downtime,
                step.state in OVER,
                step.started_at,
            )
            for step in self.steps
        ]
        return stopwatch.read(
            seen, budget_seconds=self.window.budget_seconds, starts_at=self.window.starts_at,
            down_since=self.run.downtime_started_at, down_until=self.run.downtime_ended_at, now=self.now,
        )  # fmt: skip

    @property
    def is_over(self) -> bool:
        return self.run.finished_at is not None

    @property
    def is_down(self) -> bool:
        return self.run.downtime_started_at is not None and self.run.downtime_ended_at is None

    @property
    def turns_back(self) -> bool:
        return self.run.backed_out_at is not None

    @property
    def done(self) -> int:
        return sum(step.state in (S.DONE, S.UNDONE) for step in self.steps)

    @cached_property
    def to_undo(self) -> list[RunStep]:
        """What was begun and is not undone yet, in reverse order: the way back."""
        return [step for step in reversed(self.steps) if step.started_at and step.state not in OVER[1:]]

    @cached_property
    def current(self) -> RunStep | None:
        """The step in hand: running, else with a problem, else the next to begin; in a backout, to undo."""
        if self.is_over:
            return None
        if self.turns_back:
            return next(iter(self.to_undo), None)
        in_hand = [step for state in (S.RUNNING, S.PROBLEM, S.WAITING) for step in self._in(state)]
        return next(iter(in_hand), None)

    @property
    def running_seconds(self) -> int | None:
        """How long the step in hand has been running; None while none runs."""
        step = self.current
        if step is None or step.state != S.RUNNING or step.started_at is None:
            return None
        return int((self.now - step.started_at).total_seconds())

    @property
    def back_out_in_seconds(self) -> int:
        """How long turning back still fits the budget; negative when it no longer does."""
        return int((self.reading.back_out_by - self.now).total_seconds())

    @property
    def following(self) -> RunStep | None:
        """The step after the one in hand."""
        ahead = (
            self.to_undo[1:]
            if self.turns_back
            else [step for step in self._in(S.WAITING) if step != self.current]
        )
        return next(iter(ahead), None)

    def _in(self, state: str) -> list[RunStep]:
        return [step for step in self.steps if step.state == state]

    @property
    def budget_ends_at(self) -> datetime | None:
        since = self.run.downtime_started_at
        return since + timedelta(seconds=self.window.budget_seconds) if since else None

    @property
    def spare_seconds(self) -> int:
        """How much of the budget the forecast leaves; negative when it does not fit."""
        end = self.budget_ends_at
        return int((end - self.reading.back_at).total_seconds()) if end else 0

    @property
    def over_seconds(self) -> int:
        return max(0, -self.spare_seconds)

    @property
    def used_width(self) -> float:
        return self._width(self.reading.down_seconds)

    @property
    def forecast_width(self) -> float:
        return self._width(self.window.budget_seconds - self.spare_seconds)

    @property
    def back_out_width(self) -> float:
        return self._width(self.window.budget_seconds - self.reading.undo_seconds)

    def _width(self, seconds: float) -> float:
        total = self.window.budget_seconds
        return round(min(100.0, max(0.0, 100 * seconds / total)), 1) if total else 0.0

    @property
    def open_checks(self) -> list[SmokeCheck]:
        return [check for check in self.checks if check.done_at is None]

    @cached_property
    def phases(self) -> list[PhaseOfRun]:
        """The steps by phase; phases that are not in hand are folded unless all is asked for."""
        in_hand = self.current.phase if self.current else ""
        return [
            PhaseOfRun(str(phase.label), steps, not self.shows_all and phase.value != in_hand)
            for phase in RunStep.Phase
            if (steps := [step for step in self.steps if step.phase == phase.value])
        ]


def go_time(window: Window, run: Run, *, now: datetime, shows_all: bool = False) -> GoTime:
    """The run at `now`. Two queries."""
    steps = list(run.steps.select_related("owner", "done_by"))
    return GoTime(window, run, steps, list(run.checks.select_related("done_by")), now, shows_all)


def run_of(window: Window) -> Run | None:
    """The window's run once Go was said."""
    return Run.objects.filter(window=window).select_related("led_by").first()


def etag(window: Window, *, reader: int, now: datetime) -> str:
    """What the live part depends on, as a strong ETag's text. One query.

    Before Go there is no run whose version would rise: readiness is read anew every ten seconds.
    """
    version = Run.objects.filter(window=window).values_list("version", flat=True).first()
    turn = f"v{version}" if version is not None else f"t{int(now.timestamp()) // 10}"
    return f"{window.pk}-{window.state}-{window.revision}-{turn}-{reader}"
