"""What no policy may say."""

from dataclasses import replace
from datetime import date

import pytest

from notifications.domain.milestones import Audience, Line, Milestone, When
from notifications.domain.policy import Period, Policy, faults

M = Milestone
WEEK = Line(Audience.CLIENTS, When.EVERY_WINDOW, M.ONE_WEEK, 7)
DOWN, NOT_DOWN = replace(WEEK, when=When.DOWNTIME_ONLY), replace(WEEK, when=When.NO_DOWNTIME_ONLY)
SOON = date(2026, 12, 24)


def found(*lines: Line, periods=()) -> list[tuple[str, str]]:
    return [(reason.code, reason.field) for reason in faults(Policy(lines, tuple(periods)))]


def later(line: Line) -> Line:
    return replace(line, local_hour=12)


def test_one_notice_has_one_time():
    assert found(WEEK, later(WEEK)) == [("policy.two_times", "line-1-days_before")]
    assert found(WEEK, later(replace(WEEK, systems=frozenset({7})))) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (replace(WEEK, systems=frozenset({7})), replace(WEEK, systems=frozenset({8}))),
        (replace(WEEK, channels=frozenset({"email"})), replace(WEEK, channels=frozenset({"phone"}))),
        (DOWN, NOT_DOWN),
        (WEEK, replace(WEEK, audience=Audience.INTERNAL)),
        (WEEK, replace(WEEK, milestone=M.SOON, days_before=3)),
    ],
)
def test_two_notices_may_go_at_two_times(one, other):
    assert found(one, later(other)) == []


def test_the_same_time_may_be_asked_for_twice_but_not_by_the_same_line():
    assert found(WEEK, DOWN) == []
    assert found(WEEK, WEEK) == [("policy.line_twice", "line-1-audience")]


def test_an_order_system_is_not_told_ahead():
    assert found(replace(WEEK, channels=frozenset({"oms"}))) == [
        ("policy.order_system_ahead", "line-0-channels")
    ]
    assert found(replace(WEEK, channels=frozenset({"oms", "email"}))) == []


def test_a_quiet_period_ends_after_it_begins_and_lasts_a_month_at_most():
    turned = Period("Christmas", SOON, date(2026, 12, 23))
    long = Period("Winter", SOON, date(2027, 1, 24))
    assert found(periods=[turned, long]) == [
        ("policy.quiet_ends_first", "quiet-0-last_on"),
        ("policy.quiet_too_long", "quiet-1-last_on"),
    ]
    assert found(periods=[Period("One day", SOON, SOON), replace(long, last_on=date(2027, 1, 23))]) == []
