from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.domain import display
from notifications.domain.display import Moments, Phase

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
END = START + timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("minutes", "phase", "next_change"),
    [
        (-61, Phase.NOTHING, START - 60 * MINUTE),
        (-60, Phase.STARTING, START),
        (-1, Phase.STARTING, START),
        (0, Phase.UNDER_WAY, END),
        (14, Phase.UNDER_WAY, END),
        (15, Phase.NOTHING, None),
    ],
)
def test_the_phase_turns_with_the_clock_alone(minutes, phase, next_change):
    shown = display.showing(Moments(START, END), START + minutes * MINUTE)
    assert (shown.phase, shown.next_change_at) == (phase, next_change)


def test_work_that_is_not_done_at_the_end_runs_over_by_itself():
    shown = display.showing(Moments(START, END, started_at=START), END + MINUTE)
    assert shown.phase is Phase.EXTENDED


def test_an_end_put_off_shows_at_once():
    later = Moments(START, END, started_at=START, expected_end_at=END + 6 * MINUTE)
    shown = display.showing(later, START + 9 * MINUTE)
    assert (shown.phase, shown.next_change_at) == (Phase.EXTENDED, END + 6 * MINUTE)


def test_done_shows_for_one_hour():
    done = Moments(START, END, started_at=START, done_at=START + 11 * MINUTE)
    assert display.showing(done, START + 70 * MINUTE).phase is Phase.DONE
    assert display.showing(done, START + 71 * MINUTE).phase is Phase.NOTHING


def test_a_move_shows_on_the_old_day_until_the_old_end():
    day = timedelta(days=35)
    moved = Moments(START + day, END + day, retracted_starts_at=START, retracted_ends_at=END)
    assert display.showing(moved, START - timedelta(hours=2)).phase is Phase.MOVED
    assert display.showing(moved, START - timedelta(hours=13)).phase is Phase.NOTHING
    assert display.showing(moved, END).phase is Phase.NOTHING


def test_a_cancelled_window_never_shows_as_work():
    off = Moments(START, END, is_cancelled=True)
    assert display.showing(off, START).phase is Phase.NOTHING


@given(
    minutes=st.integers(-2000, 2000),
    started=st.none() | st.integers(-5, 10),
    extra=st.none() | st.integers(1, 60),
)
def test_nothing_changes_before_the_instant_that_is_promised(minutes, started, extra):
    at = {None: None}
    moments = Moments(
        START,
        END,
        started_at=at.get(started, START + (started or 0) * MINUTE),
        expected_end_at=at.get(extra, END + (extra or 0) * MINUTE),
    )
    now = START + minutes * MINUTE
    shown = display.showing(moments, now)
    if shown.next_change_at is not None:
        just_before = shown.next_change_at - timedelta(seconds=1)
        assert shown.next_change_at > now
        assert display.showing(moments, max(now, just_before)).phase is shown.phase
