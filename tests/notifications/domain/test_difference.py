"""What a changed policy would mean is said before it is saved."""

from datetime import timedelta

from notifications.domain.difference import Unheard, Window, difference
from notifications.domain.milestones import Audience, Line, Milestone, When
from notifications.domain.outlook import going
from tests.notifications.domain.a_window import CLIENTS, DESK, START, window

M = Milestone
EARLY = START - timedelta(days=20)
WEEK = Line(Audience.CLIENTS, When.EVERY_WINDOW, M.ONE_WEEK, 7)


def outlook(lines, *, now=EARLY, told=frozenset()) -> list[Window]:
    found = going(window(), lines, [DESK], [], now=now, until=START)
    return [Window(1, START, tuple(found), {DESK.contact_id: 7}, told)]


def test_the_same_policy_changes_nothing():
    assert difference(outlook(CLIENTS), outlook(CLIENTS)).is_none


def test_a_further_milestone_is_so_many_more():
    found = difference(outlook(CLIENTS), outlook([*CLIENTS, WEEK]))
    assert (found.before, found.after, found.more, found.fewer) == (2, 3, {M.ONE_WEEK: 1}, {})


def test_another_hour_moves_a_notice():
    later = [line for line in CLIENTS if line.milestone is not M.DAY_BEFORE]
    later.append(Line(Audience.CLIENTS, When.EVERY_WINDOW, M.DAY_BEFORE, 1, 12))
    found = difference(outlook(CLIENTS), outlook(later))
    assert (found.moved, found.more, found.fewer) == ({M.DAY_BEFORE: 1}, {}, {})


def test_a_milestone_whose_hour_is_past_would_go_out_late():
    now = START - timedelta(days=6)
    found = difference(outlook([CLIENTS[1]], now=now), outlook([CLIENTS[1], WEEK], now=now))
    assert [(window, late.row.milestone, late.at) for window, late in found.late] == [(1, M.ONE_WEEK, now)]


def test_a_client_that_would_hear_nothing_is_named():
    assert difference(outlook(CLIENTS), outlook([])).unheard == (Unheard(1, 7),)
    assert difference(outlook([]), outlook(CLIENTS)).heard == (Unheard(1, 7),)


def test_a_client_that_heard_already_is_not_called_unheard():
    assert difference(outlook(CLIENTS), outlook([], told=frozenset({7}))).unheard == ()
