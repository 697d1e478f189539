from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain import stopwatch
from maintenance.domain.stopwatch import Step, down_seconds

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
WAITING = Step(planned_seconds=240, undo_seconds=60, needs_downtime=True, is_over=False)


def after(seconds):
    return START + timedelta(seconds=seconds)


def running(since, **facts):
    return Step(**{**vars(WAITING), "started_at": after(since), **facts})


def read(*steps, now=0, down_since=0, down_until=None):
    since, until = (None if at is None else after(at) for at in (down_since, down_until))
    return stopwatch.read(
        steps, budget_seconds=900, starts_at=START, down_since=since, down_until=until, now=after(now)
    )


@pytest.mark.parametrize(
    ("began", "ended", "seconds"), [(None, None, 0), (0, None, 427), (0, 300, 300), (500, None, 0)]
)
def test_the_watch_runs_from_the_first_second_down_to_the_last(began, ended, seconds):
    began, ended = (None if at is None else after(at) for at in (began, ended))
    assert down_seconds(began, ended, after(427)) == seconds


def test_the_platform_is_back_when_the_rest_of_the_downtime_steps_is_done():
    before = Step(600, 0, needs_downtime=False, is_over=False)
    assert read(before, running(0), WAITING, now=100).back_at == after(100 + 140 + 240)


def test_a_step_that_runs_over_its_plan_is_taken_to_be_done_any_moment():
    assert read(running(0), now=500).back_at == after(500)


def test_a_step_that_is_over_takes_no_more_time():
    assert read(running(0, is_over=True), WAITING, now=100).back_at == after(340)


def test_once_back_it_was_back_when_it_was_back():
    assert read(WAITING, now=900, down_until=300).back_at == after(300)


def test_nobody_turns_back_before_a_step_was_begun():
    found = read(WAITING, WAITING, now=10)
    assert (found.undo_seconds, found.back_out_by) == (0, after(900))


def test_turning_back_must_begin_early_enough_to_undo_every_step_begun():
    found = read(running(0, is_over=True), running(200), WAITING, now=250)
    assert (found.undo_seconds, found.back_out_by) == (120, after(780))


def test_undoing_what_needs_no_downtime_takes_nothing_from_the_budget():
    assert read(running(0, needs_downtime=False), now=60).back_out_by == after(900)


def test_the_budget_counts_from_the_moment_it_went_down_not_from_the_window():
    assert read(now=200, down_since=120).back_out_by == after(1020)


@pytest.mark.parametrize(("now", "down_since", "by"), [(-600, None, 900), (60, None, 960)])
def test_before_the_platform_is_down_the_whole_budget_lies_ahead(now, down_since, by):
    assert read(now=now, down_since=down_since).back_out_by == after(by)


@pytest.mark.parametrize(("now", "is_over"), [(900, False), (901, True)])
def test_over_budget_begins_with_the_first_second_above_it(now, is_over):
    assert read(now=now).is_over is is_over


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_later_is_never_back_earlier(first, second):
    early, late = sorted((first, second))
    steps = running(0), WAITING
    assert read(*steps, now=early).back_at <= read(*steps, now=late).back_at


@given(st.lists(st.integers(0, 300), max_size=8))
def test_each_step_begun_brings_the_last_moment_forward_by_its_undoing(undos):
    steps = [running(0, undo_seconds=undo) for undo in undos]
    assert read(*steps, now=1).back_out_by == after(900 - sum(undos))
