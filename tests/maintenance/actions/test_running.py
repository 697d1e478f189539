"""Go Time: refused while red, one step at a time, turning back, done only after the checks."""

from datetime import UTC, datetime, timedelta

import pytest

from changeboard.refusal import Refusal
from maintenance.actions import running
from tests.maintenance.conftest import AT_GO as AT

pytestmark = pytest.mark.django_db


def refused(verb, *args, **given):
    with pytest.raises(Refusal) as caught:
        verb(*args, **given)
    return [reason.code for reason in caught.value.reasons], caught.value.conflict


@pytest.fixture
def run(ready, release):
    return running.go(ready, by=release, at=AT)


@pytest.fixture
def act(release):
    return {"by": release, "at": AT + timedelta(minutes=5)}


def test_go_copies_every_step_and_the_checks_and_tells_who_rides(run, riding):
    assert [(step.position, step.phase, step.state) for step in run.steps.all()] == [
        (1, "before", "waiting"),
        (2, "during", "waiting"),
        (3, "after", "waiting"),
    ]
    assert (run.checks.count(), riding.heard, run.window.state) == (3, ["started"], "in_progress")


def test_done_waits_until_each_queue_that_was_named_is_drained(ready, riding, act):
    riding.queues = ["HL7 outbound"]
    run = running.go(ready, by=act["by"], at=AT)
    window = running.finish(run.window, **act)
    for check in run.checks.all()[:3]:
        running.check(check, **act)
    assert refused(running.complete, window, outcome="as_planned", **act) == (["window.checks_open"], True)
    assert run.checks.get(done_at=None).text == "Drained: HL7 outbound"


def test_go_is_refused_while_one_check_is_red(ready, riding, release):
    riding.red = True
    assert refused(running.go, ready, by=release, at=AT) == (["window.not_ready"], True)


def test_go_is_refused_before_it_opens(ready, release):
    early = datetime(2026, 12, 15, 15, 59, tzinfo=UTC)
    assert refused(running.go, ready, by=release, at=early) == (["window.go_opens_later"], True)


def test_go_is_said_once(run, release):
    assert refused(running.go, run.window, by=release, at=AT) == (["window.act_not_legal"], True)


def test_one_step_runs_at_a_time(run, act):
    first, second, _ = run.steps.all()
    running.start_step(first, **act)
    assert refused(running.start_step, second, **act) == (["run.another_step_runs"], True)


def test_stepping_on_ends_one_step_and_begins_the_next(run, act):
    running.start_step(run.steps.first(), **act)
    running.step_on(run.steps.first(), **act)
    assert [step.state for step in run.steps.all()] == ["done", "running", "waiting"]


def test_stepping_on_twice_steps_on_once(run, act):
    for _ in range(2):
        running.step_on(run.steps.first(), **act)
    assert [step.state for step in run.steps.all()] == ["done", "running", "waiting"]


def test_a_problem_needs_words_and_leaves_the_step_open(run, act):
    step = running.start_step(run.steps.first(), **act)
    assert refused(running.report_problem, step, words=" ", **act) == (["run.problem_without_words"], False)
    assert running.report_problem(step, words="The port stays down", **act).state == "problem"


def test_backing_out_skips_what_waits_and_undoes_what_was_begun(run, act):
    running.step_on(run.steps.first(), **act)
    running.back_out(run, reason="The index fails", **act)
    assert [step.state for step in run.steps.all()] == ["done", "running", "skipped"]
    for step in run.steps.exclude(state="skipped").reverse():
        running.finish_step(step, **act)
    assert [step.state for step in run.steps.all()] == ["undone", "undone", "skipped"]


def test_backing_out_needs_a_reason(run, act):
    assert refused(running.back_out, run, reason="", **act) == (["run.backout_without_reason"], False)


def test_the_downtime_is_measured_from_its_start_to_the_finish(run, release):
    running.start_downtime(run, by=release, at=AT)
    window = running.finish(run.window, by=release, at=AT + timedelta(minutes=9, seconds=40))
    assert (window.state, window.actual_downtime_seconds) == ("verifying", 580)


def test_the_downtime_cannot_end_before_it_starts(run, act):
    assert refused(running.end_downtime, run, **act) == (["run.was_never_down"], True)


def test_a_new_end_lies_ahead(run, release):
    given = {"expected_end_at": AT, "by": release, "at": AT}
    assert refused(running.extend, run.window, **given) == (["window.end_in_the_past"], False)


def test_nothing_is_done_to_a_run_that_is_over(run, act):
    running.finish(run.window, **act)
    assert refused(running.log, run, words="Hello", **act) == (["run.is_over"], True)


def test_done_is_refused_while_a_smoke_check_is_open(run, act, riding):
    window = running.finish(run.window, **act)
    assert refused(running.complete, window, outcome="as_planned", **act) == (["window.checks_open"], True)
    for check in run.checks.all():
        running.check(check, **act)
    assert running.complete(window, outcome="as_planned", **act).state == "completed"
    assert riding.heard == ["started", "as_planned"]


def test_what_was_backed_out_never_ends_as_planned(run, act):
    running.back_out(run, reason="The index fails", **act)
    window = running.finish(run.window, **act)
    for check in run.checks.all():
        running.check(check, **act)
    assert running.complete(window, outcome="as_planned", **act).outcome == "backed_out"


def test_every_act_raises_the_runs_version_so_that_pages_see_it(run, act):
    seen = []
    for verb, thing in ((running.start_downtime, run), (running.step_on, run.steps.first())):
        verb(thing, **act)
        run.refresh_from_db()
        seen.append(run.version)
    assert seen == [1, 3]
