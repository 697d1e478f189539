"""Go Time: from Go to done. Everybody's clicks go through here, one lock a window, all of it in the log."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal, conflict, refuse
from maintenance.contributions import contributors
from maintenance.domain import lifecycle, readiness, stopwatch
from maintenance.domain.lifecycle import Act
from maintenance.models import Outcome, Run, RunStep, SmokeCheck, Window
from maintenance.queries.readiness import findings, steps

CHECKS = (
    "The platform answers: an order can be placed, read and signed",
    "Queues are drained: images sent meanwhile have arrived",
    "Paper orders are reconciled with the order system",
)


@transaction.atomic
def go(window: Window, *, by: Person, at: datetime) -> Run:
    """Say Go: copies every step into the run. Refused while one check is red, and too early."""
    window = Window.objects.locked(window.pk)
    state = lifecycle.after(window.state, Act.GO)
    reasons = readiness.against_go(findings(window, now=at), starts_at=window.starts_at, now=at)
    if reasons:
        raise Refusal(reasons, conflict=True, legal=lifecycle.legal(window.state))
    window.state, window.started_at = state, at
    window.save(update_fields=["state", "started_at"])
    run = Run.objects.create(window=window, led_by=by, started_at=at)
    _copy_steps(run)
    asked = [*CHECKS, *(text for each in contributors() for text in each.checks(window))]
    SmokeCheck.objects.bulk_create(
        SmokeCheck(run=run, position=place, text=text) for place, text in enumerate(asked, 1)
    )
    record("window.started", window, by=by, at=at)
    for each in contributors():
        each.run_started(window, by=by, at=at)
    return run


def _copy_steps(run: Run) -> None:
    RunStep.objects.bulk_create(
        RunStep(
            run=run, position=place, phase=step.phase, text=step.text, undo=step.undo,
            undo_seconds=step.undo_seconds, owner_id=step.owner_id, planned_seconds=step.planned_seconds,
            needs_downtime=step.needs_downtime, source_label=step.source_label, source_kind=step.source_kind,
            source_id=step.source_id,
        )
        for place, step in enumerate(steps(run.window), 1)
    )  # fmt: skip


@transaction.atomic
def start_step(step: RunStep, *, by: Person, at: datetime) -> RunStep:
    """Begin a step. Refused while another one runs; beginning it twice changes nothing."""
    run, step = _held(step)
    if step.state == RunStep.State.RUNNING:
        return step
    if run.steps.filter(state=RunStep.State.RUNNING).exists():
        raise conflict("run.another_step_runs", legal=["finish_step"])
    if step.state not in (RunStep.State.WAITING, RunStep.State.PROBLEM):
        raise conflict("run.step_is_over", position=step.position)
    step.state, step.started_at, step.done_by = RunStep.State.RUNNING, step.started_at or at, by
    return _write_step(run, step, "run.step_started", by=by, at=at)


@transaction.atomic
def finish_step(step: RunStep, *, by: Person, at: datetime) -> RunStep:
    """A step is done, or in a backout undone. Finishing it twice changes nothing."""
    run, step = _held(step)
    over = RunStep.State.UNDONE if run.backed_out_at else RunStep.State.DONE
    if step.state == over:
        return step
    step.state, step.finished_at, step.done_by = over, at, by
    step.started_at = step.started_at or at
    return _write_step(run, step, "run.step_undone" if run.backed_out_at else "run.step_done", by=by, at=at)


@transaction.atomic
def step_on(step: RunStep, *, by: Person, at: datetime) -> RunStep:
    """Finish a step and begin the next that waits, if one does. Pressed twice, it steps on once."""
    run, step = _held(step)
    if step.state in (RunStep.State.DONE, RunStep.State.UNDONE):
        return step
    step = finish_step(step, by=by, at=at)
    following = run.steps.filter(state=RunStep.State.WAITING, position__gt=step.position).first()
    return step if following is None else start_step(following, by=by, at=at)


@transaction.atomic
def report_problem(step: RunStep, *, words: str, by: Person, at: datetime) -> RunStep:
    """A step does not go as planned; it stays open and the log says what is wrong."""
    run, step = _held(step)
    if not words.strip():
        raise refuse("run.problem_without_words", at_field="words")
    step.state = RunStep.State.PROBLEM
    return _write_step(run, step, "run.problem", by=by, at=at, words=words)


def _held(step: RunStep) -> tuple[Run, RunStep]:
    """The run, locked, and the step as it is now."""
    run = Run.objects.select_for_update().select_related("window").get(steps=step)
    if run.finished_at is not None:
        raise conflict("run.is_over")
    return run, RunStep.objects.get(pk=step.pk)


def _write_step(run: Run, step: RunStep, act: str, *, by: Person, at: datetime, **facts: object) -> RunStep:
    step.save()
    _turn(run)
    record(act, run.window, by=by, at=at, step=step.position, text=step.text, **facts)
    return step


def _turn(run: Run) -> None:
    """Raise the run's version: pages that show it learn of the change by their ETag."""
    Run.objects.filter(pk=run.pk).update(version=F("version") + 1)


@transaction.atomic
def start_downtime(run: Run, *, by: Person, at: datetime) -> Run:
    """The platform goes down: the stopwatch runs. A second time changes nothing."""
    run = _locked(run)
    if run.downtime_started_at is None:
        run.downtime_started_at = at
        run.save(update_fields=["downtime_started_at"])
        _turn(run)
        record("window.downtime_started", run.window, by=by, at=at)
    return run


@transaction.atomic
def end_downtime(run: Run, *, by: Person, at: datetime) -> Run:
    """The platform is back. Refused when it was never down; a second time changes nothing."""
    run = _locked(run)
    if run.downtime_started_at is None:
        raise conflict("run.was_never_down", legal=["start_downtime"])
    if run.downtime_ended_at is None:
        run.downtime_ended_at = at
        run.save(update_fields=["downtime_ended_at"])
        _turn(run)
        down = stopwatch.down_seconds(run.downtime_started_at, at, at)
        record("window.downtime_ended", run.window, by=by, at=at, seconds=down)
    return run


@transaction.atomic
def extend(window: Window, *, expected_end_at: datetime, by: Person, at: datetime) -> Window:
    """It takes longer (or less): clients are told the new expected end at once."""
    window = Window.objects.locked(window.pk)
    if window.state != "in_progress":
        raise conflict("window.not_under_way", legal=lifecycle.legal(window.state))
    if expected_end_at <= at:
        raise refuse("window.end_in_the_past", at_field="expected_end_at")
    window.expected_end_at = expected_end_at
    window.save(update_fields=["expected_end_at"])
    Run.objects.filter(window=window).update(version=F("version") + 1)
    record("window.extended", window, by=by, at=at, until=expected_end_at)
    return window


@transaction.atomic
def back_out(run: Run, *, reason: str, by: Person, at: datetime) -> Run:
    """Turn back: what was done is undone in reverse order. One deliberate act, with a reason, once."""
    run = _locked(run)
    if not reason.strip():
        raise refuse("run.backout_without_reason", at_field="reason")
    if run.backed_out_at is not None:
        return run
    run.backed_out_at, run.backout_reason = at, reason
    run.save(update_fields=["backed_out_at", "backout_reason"])
    run.steps.filter(state=RunStep.State.WAITING).update(state=RunStep.State.SKIPPED)
    _turn(run)
    record("window.backed_out", run.window, by=by, at=at, reason=reason)
    return run


@transaction.atomic
def log(run: Run, *, words: str, by: Person, at: datetime) -> None:
    """A line in the log of the night."""
    run = _locked(run)
    if not words.strip():
        raise refuse("run.empty_log_line", at_field="words")
    _turn(run)
    record("run.logged", run.window, by=by, at=at, words=words)


@transaction.atomic
def finish(window: Window, *, by: Person, at: datetime) -> Window:
    """The work is over: verifying begins. The downtime, if it still ran, ends now."""
    window = Window.objects.locked(window.pk)
    window.state = lifecycle.after(window.state, Act.FINISH)
    run = Run.objects.select_for_update().get(window=window)
    if run.downtime_started_at and run.downtime_ended_at is None:
        run.downtime_ended_at = at
    run.finished_at = at
    run.save(update_fields=["downtime_ended_at", "finished_at"])
    window.verifying_at = at
    window.actual_downtime_seconds = stopwatch.down_seconds(
        run.downtime_started_at, run.downtime_ended_at, at
    )
    window.save(update_fields=["state", "verifying_at", "actual_downtime_seconds"])
    _turn(run)
    record("window.verifying", window, by=by, at=at, down_seconds=window.actual_downtime_seconds)
    for each in contributors():
        each.run_verifying(window, by=by, at=at)
    return window


@transaction.atomic
def check(smoke_check: SmokeCheck, *, by: Person, at: datetime) -> SmokeCheck:
    """Tick a smoke check. A second tick changes nothing."""
    smoke_check = SmokeCheck.objects.select_for_update().select_related("run__window").get(pk=smoke_check.pk)
    if smoke_check.done_at is None:
        smoke_check.done_at, smoke_check.done_by = at, by
        smoke_check.save(update_fields=["done_at", "done_by"])
        _turn(smoke_check.run)
        record("run.checked", smoke_check.run.window, by=by, at=at, text=smoke_check.text)
    return smoke_check


@transaction.atomic
def complete(window: Window, *, outcome: str, by: Person, at: datetime) -> Window:
    """Verified: clients are told *done*. Refused while a smoke check is open, naming it."""
    window = Window.objects.locked(window.pk)
    state = lifecycle.after(window.state, Act.COMPLETE)
    run = Run.objects.get(window=window)
    still_open = list(run.checks.filter(done_at=None).values_list("text", flat=True))
    if still_open:
        raise conflict("window.checks_open", legal=["check"], checks=still_open)
    window.state, window.finished_at, window.expected_end_at = state, at, None
    window.outcome = Outcome.BACKED_OUT if run.backed_out_at else Outcome(outcome)
    window.save(update_fields=["state", "finished_at", "expected_end_at", "outcome"])
    record(
        "window.completed", window, by=by, at=at, outcome=window.outcome,
        down_seconds=window.actual_downtime_seconds,
    )  # fmt: skip
    for each in contributors():
        each.run_finished(window, outcome=window.outcome, by=by, at=at)
    return window


def _locked(run: Run) -> Run:
    run = Run.objects.select_for_update(of=("self",)).select_related("window").get(pk=run.pk)
    if run.finished_at is not None:
        raise conflict("run.is_over")
    return run
