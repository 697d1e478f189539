"""Windows follow a changed cadence month by month; what a person touched stays where it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain import following, recurrence
from maintenance.domain.conflicts import Frozen, Span
from maintenance.domain.following import Fate, Own, Shape

NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)
SHAPE = Shape(time(11), "America/Chicago", 900, 900)
THIRD = [date(2026, 12, 15), date(2027, 1, 19), date(2027, 2, 16)]
FIRST = [date(2026, 12, 1), date(2027, 1, 5), date(2027, 2, 2)]
RIS, PACS = 3, 2


def own(number, on, **facts):
    slot = recurrence.slot(on, SHAPE.wall, SHAPE.zone, SHAPE.length_seconds)
    return Own(Span(number, f"RIS-{number}", RIS, on, slot.starts_at, slot.ends_at), on, 900, **facts)


def follow(owns, dates, shape=SHAPE, others=(), freezes=(), **how):
    settled = {"by_week": False, "move_announced": False, "now": NOW} | how
    return following.follow(owns, dates, shape, others, freezes, **settled)


def gone(steps):
    return [(step.fate, step.span.on) for step in steps]


def test_each_month_keeps_its_window():
    steps = follow([own(n, on) for n, on in enumerate(THIRD)], FIRST)
    assert gone(steps) == [(Fate.MOVES, on) for on in FIRST]


def test_the_same_cadence_moves_nothing():
    assert gone(follow([own(1, THIRD[0])], THIRD)) == [(Fate.STAYS, THIRD[0])]


@pytest.mark.parametrize(
    "shape",
    [replace(SHAPE, wall=time(13)), replace(SHAPE, length_seconds=1200), replace(SHAPE, budget_seconds=600)],
)
def test_another_hour_length_or_budget_moves_too(shape):
    [step] = follow([own(1, THIRD[0])], THIRD, shape)
    assert (step.fate, step.acts, step.span.on) == (Fate.MOVES, True, THIRD[0])


def test_what_a_person_touched_is_left_alone_and_keeps_its_month():
    steps = follow([own(1, THIRD[0], by_hand=True), own(2, THIRD[1])], FIRST)
    assert gone(steps) == [(Fate.BY_HAND, THIRD[0]), (Fate.MOVES, FIRST[1])]
    assert following.unmade(steps, FIRST) == [FIRST[2]]


@pytest.mark.parametrize("follows", [False, True])
def test_an_announced_window_stays_unless_it_is_asked_for(follows):
    [step] = follow([own(1, THIRD[0], announced=True)], FIRST, move_announced=follows)
    assert (step.fate, step.left, step.acts) == (Fate.MOVES, not follows, follows)


def test_what_was_shown_is_the_same_whatever_is_chosen_for_announced_windows():
    owns = [own(1, THIRD[0], announced=True), own(2, THIRD[1])]
    shown = {following.fingerprint(follow(owns, FIRST, move_announced=each)) for each in (False, True)}
    assert len(shown) == 1


def test_a_window_whose_new_date_is_over_stays_and_its_month_gets_no_second_one():
    steps = follow([own(1, THIRD[0])], [date(2026, 12, 1)], now=datetime(2026, 12, 3, tzinfo=UTC))
    assert (gone(steps), following.unmade(steps, [date(2026, 12, 1)])) == ([(Fate.OVER, THIRD[0])], [])


def test_windows_that_no_date_takes_the_place_of_end():
    weekly = [own(n, date(2026, 12, 1) + timedelta(weeks=n)) for n in range(5)]
    steps = follow(weekly, [THIRD[0]])
    assert [step.fate for step in steps] == [Fate.ENDS, Fate.ENDS, Fate.STAYS, Fate.ENDS, Fate.ENDS]


def test_weeks_are_paired_with_weeks():
    weekly = [own(n, date(2026, 12, 1) + timedelta(weeks=n)) for n in range(3)]
    wednesdays = [date(2026, 12, 2) + timedelta(weeks=n) for n in range(3)]
    assert gone(follow(weekly, wednesdays, by_week=True)) == [(Fate.MOVES, on) for on in wednesdays]


def test_a_taken_day_sends_the_window_to_the_nearest_free_one():
    others = [Span(9, "PACS-2026-12", PACS, FIRST[0], NOW, NOW)]
    [step] = follow([own(1, THIRD[0])], FIRST[:1], others=others)
    assert (step.span.on, [reason.code for reason in step.clash]) == (date(2026, 12, 2), ["window.day_taken"])


def test_without_a_free_day_it_stays():
    frozen = Frozen("Peak", datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC), frozenset())
    [step] = follow([own(1, THIRD[0])], FIRST[:1], freezes=[frozen])
    assert (step.fate, step.span.on) == (Fate.NO_DAY, THIRD[0])


DAYS = st.sets(st.dates(date(2026, 12, 1), date(2027, 3, 31)), max_size=12)


@given(DAYS, DAYS, st.booleans())
def test_moves_in_their_order_never_meet_on_a_day(old, new, by_week):
    steps = follow([own(n, on) for n, on in enumerate(sorted(old))], sorted(new), by_week=by_week)
    taken = {step.own.span.id: step.own.span.on for step in steps}
    for step in following.in_order(steps):
        taken.pop(step.own.span.id)
        if step.fate is Fate.MOVES:
            assert step.span.on not in taken.values()
            taken[step.own.span.id] = step.span.on
    assert len(set(taken.values())) == len(taken)


@given(DAYS, DAYS)
def test_no_two_windows_stand_for_one_date_and_none_is_lost(old, new):
    steps = follow([own(n, on) for n, on in enumerate(sorted(old))], sorted(new))
    stand = [step.cadence_on for step in steps if step.fate is not Fate.ENDS]
    assert (len(set(stand)), len(steps)) == (len(stand), len(old))
