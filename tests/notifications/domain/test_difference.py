"""What a changed policy would mean is said before it is saved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifications.domain.difference import Difference, Promise, Unheard, Window, difference
from notifications.domain.milestones import Audience, Line, Milestone, When
from notifications.domain.outlook import going
from tests.notifications.domain.a_window import CLIENTS, DESK, START, window

M = Milestone
EARLY = START - timedelta(days=21)
WEEK = Line(Audience.CLIENTS, When.EVERY_WINDOW, M.ONE_WEEK, 7)


def outlook(lines, *, now=EARLY, told=frozenset(), many=1) -> list[Window]:
    found = going(window(), lines, [DESK], [], now=now, until=START)
    client = frozenset({7})
    return [Window(1, tuple(found), client, {DESK.contact_id: client}, told, {DESK.contact_id: many})]


def counts(found: Difference) -> dict[Milestone, tuple[int, int, int]]:
    return {part.milestone: (part.more, part.fewer, part.moved) for part in found.differing}


def test_the_same_policy_changes_nothing():
    assert difference(outlook(CLIENTS), outlook(CLIENTS)).is_none


def test_a_further_milestone_is_so_many_more():
    found = difference(outlook(CLIENTS), outlook([*CLIENTS, WEEK]))
    assert (found.before, found.after, counts(found)) == (2, 3, {M.ONE_WEEK: (1, 0, 0)})


def test_a_milestone_less_is_so_many_fewer_for_everybody_who_fares_alike():
    found = difference(outlook([*CLIENTS, WEEK], many=40), outlook(CLIENTS, many=40))
    assert (found.before, found.after, counts(found)) == (120, 80, {M.ONE_WEEK: (0, 40, 0)})


def test_another_hour_moves_a_notice():
    later = [replace(line, local_hour=12) if line.milestone is M.DAY_BEFORE else line for line in CLIENTS]
    assert counts(difference(outlook(CLIENTS), outlook(later))) == {M.DAY_BEFORE: (0, 0, 1)}


def test_a_milestone_whose_hour_is_past_would_go_out_late():
    now = START - timedelta(days=6)
    (late,) = difference(outlook([CLIENTS[1]], now=now), outlook([CLIENTS[1], WEEK], now=now)).late
    assert (late.window, late.milestone, late.many) == (1, M.ONE_WEEK, 1)
    assert late.due_at == START - timedelta(days=7, hours=2)


def test_a_client_that_would_hear_nothing_is_named():
    assert difference(outlook(CLIENTS), outlook([])).unheard == (Unheard(1, 7),)
    assert difference(outlook([]), outlook(CLIENTS)).heard == (Unheard(1, 7),)


def test_a_client_that_a_window_concerns_no_more_is_not_called_heard():
    unconcerned = [replace(each, concerned=frozenset()) for each in outlook([])]
    assert difference(outlook([]), unconcerned).heard == ()


def test_a_client_that_heard_already_is_not_called_unheard():
    assert difference(outlook(CLIENTS), outlook([], told=frozenset({7}))).unheard == ()


@pytest.mark.parametrize(("days", "short"), [(14, ()), (15, (Unheard(1, 7),))])
def test_a_client_that_would_hear_later_than_its_contract_asks_is_named(days, short):
    def promising(lines) -> list[Window]:
        promise = Promise(days, DESK.zone, START)
        return [replace(each, promised={DESK.contact_id: promise}) for each in outlook(lines)]

    early = replace(CLIENTS[0], milestone=M.EARLY, days_before=20)
    found = difference(promising([early, *CLIENTS]), promising(CLIENTS))
    assert (found.short, found.unheard) == (short, ())
