"""What a window does changes after its first notice: who was told otherwise hears of it, before all else."""

from datetime import timedelta

import pytest

from notifications.domain import folding
from notifications.domain.impact import Concern, Effect, Impact, Passage, differ
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Audience, Milestone
from notifications.domain.picture import Reader
from notifications.domain.plan import plan
from tests.notifications.domain.a_window import (
    AS_USUAL,
    CLIENTS,
    DESK,
    END,
    ORDERS,
    ORIGINAL,
    RIS,
    SLOWER,
    START,
    WORKLIST,
    changed_to,
    moved_by,
    told,
    window,
)  # fmt: skip

M = Milestone
CHANGED_AT = START - timedelta(days=5)
USES_RIS, USES_PACS = Concern(frozenset({RIS})), Concern(frozenset({2}))
NOTE = Passage("Printing is slower.", frozenset({RIS}), frozenset({WORKLIST}))


def sent(picture, ledger, now=CHANGED_AT, readers=(DESK,)):
    rows = folding.fold(plan(picture, CLIENTS, readers, ledger), ledger, picture, now)
    return [row.milestone for row in rows if not row.skip and row.try_at is not None]


def test_whoever_was_told_otherwise_is_told_at_once_and_the_day_before_as_planned():
    changed = window(ORIGINAL, changed_to(SLOWER))
    assert sent(changed, [told(M.TWO_WEEKS)]) == [M.CHANGED, M.DAY_BEFORE]
    [row] = [row for row in plan(changed, CLIENTS, [DESK], [told(M.TWO_WEEKS)]) if row.milestone is M.CHANGED]
    assert (row.due_at, row.try_at, row.not_after) == (CHANGED_AT, CHANGED_AT, END + timedelta(days=7))


def test_whoever_was_told_nothing_hears_of_no_change():
    assert sent(window(ORIGINAL, changed_to(SLOWER)), []) == [M.TWO_WEEKS, M.DAY_BEFORE]


@pytest.mark.parametrize(("uses", "hears"), [(USES_RIS, True), (USES_PACS, False), (None, True)])
def test_a_change_is_told_to_those_whom_it_concerns(uses, hears):
    concerns = {DESK.contact_id: uses} if uses else {}
    changed = window(ORIGINAL, changed_to(SLOWER), concerns=concerns)
    assert (M.CHANGED in sent(changed, [told(M.TWO_WEEKS)])) is hears


def test_changed_and_changed_back_before_it_was_told_is_told_to_nobody():
    back = window(ORIGINAL, changed_to(SLOWER), changed_to(AS_USUAL, 2))
    assert sent(back, [told(M.TWO_WEEKS)]) == [M.DAY_BEFORE]
    assert M.CHANGED in sent(back, [told(M.TWO_WEEKS), told(M.CHANGED, 1)])


def test_a_move_says_the_new_impact_too():
    moved = window(ORIGINAL, changed_to(SLOWER), moved_by(35, 2))
    assert sent(moved, [told(M.TWO_WEEKS)]) == [M.MOVED, M.TWO_WEEKS, M.DAY_BEFORE]


def test_what_is_not_known_of_an_older_revision_is_no_change():
    unknown = window(ORIGINAL, changed_to(None))
    assert sent(unknown, [told(M.TWO_WEEKS)]) == [M.DAY_BEFORE]


def test_a_change_waits_while_a_freeze_holds_the_window_and_while_it_is_over_its_budget():
    ledger = [told(M.TWO_WEEKS)]
    for facts in ({"is_held": True}, {"is_over_budget": True}):
        assert M.CHANGED not in sent(window(ORIGINAL, changed_to(SLOWER), **facts), ledger)
    house = Reader(9, Audience.INTERNAL, "America/Chicago", "email")
    over = window(ORIGINAL, changed_to(SLOWER), is_over_budget=True)
    assert M.CHANGED in sent(over, [told(M.TWO_WEEKS, reader=house)], readers=(house,))


def test_after_an_outage_the_change_carries_the_notice_ahead_but_not_that_work_has_begun():
    changed = window(ORIGINAL, changed_to(SLOWER))
    assert sent(changed, [told(M.TWO_WEEKS)], START - timedelta(hours=20)) == [M.CHANGED]
    asked = Reader(1, Audience.CLIENTS, "America/Chicago", "email", wants_point_of_service=True)
    begun = window(ORIGINAL, changed_to(SLOWER), started_at=START)
    assert sent(begun, [told(M.TWO_WEEKS)], START, (asked,)) == [M.CHANGED, M.UNDER_WAY]


def test_an_order_system_hears_of_it_only_if_it_showed_something_already():
    changed = window(ORIGINAL, changed_to(SLOWER))
    assert M.CHANGED not in sent(changed, [], readers=(ORDERS,))
    offered = [told(M.STARTING, state=State.OFFERED, reader=ORDERS)]
    assert M.CHANGED in sent(changed, offered, readers=(ORDERS,))


def test_what_somebody_waived_or_holds_stays_so_when_only_the_impact_changes():
    changed = window(ORIGINAL, changed_to(SLOWER))
    ledger = [
        told(M.TWO_WEEKS, state=State.WAIVED),
        told(M.DAY_BEFORE, state=State.HELD)._replace(id=12),
    ]
    rows = folding.fold(plan(changed, CLIENTS, [DESK], ledger), ledger, changed, CHANGED_AT)
    assert [(row.milestone, row.skip, row.held_as) for row in rows] == [
        (M.TWO_WEEKS, folding.WAIVED_BEFORE, None),
        (M.DAY_BEFORE, "", 12),
    ]


def test_what_a_reader_notices_is_a_word_a_length_what_to_do_meanwhile_and_a_paragraph():
    usual = Effect(WORKLIST, RIS, "degraded", 30)
    same = Impact(frozenset({usual}))
    for other in (
        usual._replace(word="outage"),
        usual._replace(seconds=31),
        usual._replace(meanwhile="Call"),
    ):
        assert differ(same, Impact(frozenset({other})), USES_RIS)
        assert not differ(same, Impact(frozenset({other})), USES_PACS)
    worded = Impact(same.effects, frozenset({NOTE}))
    assert [differ(same, worded, uses) for uses in (USES_RIS, USES_PACS, None)] == [True, False, True]
    for_all = Impact(same.effects, frozenset({Passage("Hello")}))
    assert differ(same, for_all, USES_PACS)
