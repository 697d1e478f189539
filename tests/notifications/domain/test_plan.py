from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.domain import folding
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Audience, Line, Milestone, When
from notifications.domain.picture import Entry, Reader, Revision
from notifications.domain.plan import plan
from tests.notifications.domain.a_window import (
    CIO,
    CLIENTS,
    DESK,
    END,
    ORDERS,
    ORIGINAL,
    SHORT,
    START,
    moved_by,
    told,
    window,
)  # fmt: skip

M = Milestone


def milestones_of(rows) -> list[Milestone]:
    return [row.milestone for row in rows if not row.skip]


def folded(picture, ledger, now, readers=(DESK,)):
    return folding.fold(plan(picture, CLIENTS, readers, ledger), ledger, picture, now)


def test_a_clients_mailbox_is_told_two_weeks_and_the_day_before():
    assert milestones_of(plan(window(), CLIENTS, [DESK], [])) == [M.TWO_WEEKS, M.DAY_BEFORE]


def test_an_order_system_is_told_at_the_point_of_service():
    assert milestones_of(plan(window(), CLIENTS, [ORDERS], [])) == [M.STARTING, M.UNDER_WAY, M.DONE]


def test_a_contact_who_asked_is_told_at_the_point_of_service_too():
    asked = Reader(4, Audience.CLIENTS, "America/Chicago", "email", wants_point_of_service=True)
    wanted = [M.TWO_WEEKS, M.DAY_BEFORE, M.STARTING, M.UNDER_WAY, M.DONE]
    assert milestones_of(plan(window(), CLIENTS, [asked], [])) == wanted


def test_the_wider_circle_hears_of_windows_with_a_short_notice_change_only():
    assert plan(window(), SHORT, [CIO], []) == []
    short = window(is_short_notice=True)
    assert milestones_of(plan(short, SHORT, [CIO], [])) == [M.TWO_WEEKS, M.ONE_WEEK, M.DAY_OF]


def test_done_waits_until_the_work_is_done():
    done = plan(window(), CLIENTS, [ORDERS], [])[-1]
    assert (done.milestone, done.due_at, done.try_at) == (M.DONE, END, None)


def test_a_mail_that_work_is_under_way_waits_for_go_time_not_for_the_clock():
    asked = Reader(4, Audience.CLIENTS, "America/Chicago", "email", wants_point_of_service=True)
    under_way = plan(window(), CLIENTS, [asked], [])[3]
    assert (under_way.milestone, under_way.try_at) == (M.UNDER_WAY, None)


def test_extended_is_told_when_the_end_was_put_off():
    later = window(started_at=START, extended_at=START + timedelta(minutes=9))
    assert M.EXTENDED in milestones_of(plan(later, CLIENTS, [ORDERS], []))


def test_whoever_was_told_the_old_date_is_told_of_the_move():
    rows = plan(window(ORIGINAL, moved_by(35)), CLIENTS, [DESK], [told(M.TWO_WEEKS)])
    assert milestones_of(rows) == [M.MOVED, M.TWO_WEEKS, M.DAY_BEFORE]


def test_whoever_was_told_nothing_hears_nothing_of_the_old_date():
    rows = plan(window(ORIGINAL, moved_by(35)), CLIENTS, [DESK], [told(M.TWO_WEEKS, state=State.FAILED)])
    assert milestones_of(rows) == [M.TWO_WEEKS, M.DAY_BEFORE]


def test_a_cancelled_window_is_told_to_those_who_knew_of_it_and_asks_for_nothing_else():
    off = Revision(1, START, END, "cancelled", START - timedelta(days=5))
    assert milestones_of(plan(window(ORIGINAL, off), CLIENTS, [DESK], [told(M.TWO_WEEKS)])) == [M.CANCELLED]
    assert plan(window(ORIGINAL, off), CLIENTS, [DESK], []) == []


def test_a_window_over_its_budget_is_kept_from_clients_ahead_and_from_nobody_else():
    over, asked = (
        window(is_over_budget=True),
        Reader(4, Audience.CLIENTS, "America/Chicago", "email", None, True),
    )
    waits = {row.milestone: row.try_at is None for row in plan(over, CLIENTS, [asked], [])}
    assert (waits[M.TWO_WEEKS], waits[M.DAY_BEFORE], waits[M.STARTING]) == (True, True, False)
    short = window(is_over_budget=True, is_short_notice=True)
    assert [row.try_at is None for row in plan(short, SHORT, [CIO], [])] == [False, False, False]


def test_who_was_told_of_a_window_over_its_budget_still_hears_that_it_moved():
    over = window(ORIGINAL, moved_by(35), is_over_budget=True)
    rows = [row for row in plan(over, CLIENTS, [DESK], [told(M.TWO_WEEKS)]) if row.try_at is not None]
    assert milestones_of(rows) == [M.MOVED]


def test_the_same_times_and_impact_are_told_to_nobody_and_another_end_to_whoever_was_told():
    same = Revision(1, START, END, "changed", START - timedelta(days=7), ORIGINAL.impact)
    longer = Revision(1, START, END + timedelta(minutes=5), "changed", START - timedelta(days=7))
    told_before = [told(M.TWO_WEEKS)]
    assert M.MOVED not in milestones_of(plan(window(ORIGINAL, same), CLIENTS, [DESK], told_before))
    assert M.MOVED in milestones_of(plan(window(ORIGINAL, longer), CLIENTS, [DESK], told_before))


def test_a_second_move_before_the_first_was_told_is_told_once():
    rows = plan(window(ORIGINAL, moved_by(35), moved_by(42, 2)), CLIENTS, [DESK], [told(M.TWO_WEEKS)])
    assert [row.milestone for row in rows].count(M.MOVED) == 1


def test_moved_away_and_back_again_says_nothing_to_those_who_know_the_date():
    back = Revision(2, START, END, "moved", START - timedelta(days=4))
    ledger = [told(M.TWO_WEEKS)]
    rows = folded(window(ORIGINAL, moved_by(35), back), ledger, START - timedelta(days=4))
    assert [(row.milestone, row.skip) for row in rows] == [
        (M.TWO_WEEKS, folding.TOLD_BEFORE),
        (M.DAY_BEFORE, ""),
    ]


def test_a_move_to_a_nearer_date_carries_the_milestones_that_are_past():
    rows = folded(window(ORIGINAL, moved_by(1)), [told(M.TWO_WEEKS)], START - timedelta(days=5))
    assert [(row.milestone, row.skip, row.folded_into) for row in rows if row.skip] == [
        (M.TWO_WEEKS, folding.FOLDED, M.MOVED)
    ]


def test_a_contact_that_came_late_is_told_once_at_once():
    rows = folded(window(), [], START - timedelta(days=9))
    assert milestones_of(rows) == [M.TWO_WEEKS, M.DAY_BEFORE]


@pytest.mark.parametrize(("minutes", "skip"), [(31, ""), (29, folding.TOO_LATE)])
def test_where_nobody_is_reminded_a_late_notice_is_better_than_none_and_nothing_carries_it(minutes, skip):
    only = [line for line in CLIENTS if line.milestone is M.TWO_WEEKS]
    picture, now = window(), START - timedelta(minutes=minutes)
    (row,) = folding.fold(plan(picture, only, [DESK], []), [], picture, now)
    assert (row.skip, row.folded_into) == (skip, None)


def test_after_an_outage_the_two_week_notice_is_carried_by_the_day_before():
    rows = folded(window(), [], START - timedelta(hours=20))
    assert [(row.milestone, row.skip, row.folded_into) for row in rows] == [
        (M.TWO_WEEKS, folding.TOO_LATE, M.DAY_BEFORE),
        (M.DAY_BEFORE, "", None),
    ]


def test_after_an_outage_over_the_window_only_the_end_is_told():
    over = window(started_at=START, done_at=END)
    rows = folded(over, [], END + timedelta(hours=1), readers=(ORDERS,))
    assert milestones_of(rows) == [M.DONE]


def test_a_notice_nobody_can_use_any_more_is_skipped_with_the_reason():
    rows = folded(window(), [told(M.TWO_WEEKS)], START - timedelta(minutes=10))
    assert [(row.milestone, row.skip) for row in rows] == [
        (M.TWO_WEEKS, ""),
        (M.DAY_BEFORE, folding.TOO_LATE),
    ]


readers = st.lists(
    st.builds(
        Reader,
        contact_id=st.integers(1, 5),
        audience=st.just(Audience.CLIENTS),
        zone=st.sampled_from(["America/Chicago", "Pacific/Honolulu", "Asia/Kolkata", "Europe/London"]),
        channel=st.sampled_from(["email", "oms"]),
        wants_point_of_service=st.booleans(),
    ),
    max_size=6,
)


@given(readers=readers, minutes=st.integers(-20 * 24 * 60, 2 * 24 * 60))
def test_planning_twice_says_the_same_and_nobody_gets_two_notices_at_once(readers, minutes):
    now = START + timedelta(minutes=minutes)
    picture = window(started_at=START if minutes >= 0 else None)
    first = folding.fold(plan(picture, CLIENTS, readers, []), [], picture, now)
    assert first == folding.fold(plan(picture, CLIENTS, readers, []), [], picture, now)
    at_once = [
        (row.contact_id, row.channel)
        for row in first
        if not row.skip and row.try_at is not None and row.due_at <= now
    ]
    assert len(at_once) == len(set(at_once))


@given(readers=readers)
def test_what_was_told_is_planned_but_not_sent_again(readers):
    picture = window()
    rows = plan(picture, CLIENTS, readers, [])
    ledger = [
        Entry(row.contact_id, row.channel, 0, row.milestone, row.audience, State.ACCEPTED) for row in rows
    ]
    assert plan(picture, CLIENTS, readers, ledger) == rows


def test_whoever_is_told_by_another_channel_since_hears_of_a_move_by_that_one_and_once():
    heard = told(M.TWO_WEEKS)._replace(told_by="sms")
    by_message = replace(DESK, channel="sms")
    [moved] = [
        row
        for row in plan(window(ORIGINAL, moved_by(2)), CLIENTS, [by_message], [heard])
        if row.milestone is M.MOVED
    ]
    assert moved.channel == "sms"
    before = told(M.MOVED, revision=1)._replace(told_by="sms")
    rows = plan(window(ORIGINAL, moved_by(2)), CLIENTS, [by_message], [heard, before])
    assert [row.channel for row in rows if row.milestone is M.MOVED] == ["email"]


def test_a_contract_moves_the_first_notice_of_the_policy_and_no_other():
    asks = replace(DESK, contract_days=30)
    lines = [Line(Audience.CLIENTS, When.EVERY_WINDOW, M.MIDWAY, 10), *CLIENTS]
    found = {row.milestone: (START - row.due_at).days for row in plan(window(), lines, [asks], [])}
    assert found == {M.TWO_WEEKS: 30, M.MIDWAY: 10, M.DAY_BEFORE: 1}
    early = [Line(Audience.CLIENTS, When.EVERY_WINDOW, M.EARLY, 21), *lines]
    found = {row.milestone: (START - row.due_at).days for row in plan(window(), early, [asks], [])}
    assert found == {M.EARLY: 30, M.TWO_WEEKS: 14, M.MIDWAY: 10, M.DAY_BEFORE: 1}


def test_a_line_about_one_system_says_nothing_of_the_others():
    about_ris = [replace(line, systems=frozenset({7})) for line in CLIENTS]
    assert plan(window(system_id=8), about_ris, [DESK], []) == []
    assert milestones_of(plan(window(system_id=7), about_ris, [DESK], [])) == [M.TWO_WEEKS, M.DAY_BEFORE]


def test_a_line_about_one_channel_reaches_nobody_by_another():
    by_phone = [replace(line, channels=frozenset({"phone"})) for line in CLIENTS]
    assert plan(window(), by_phone, [DESK], []) == []
    called = replace(DESK, channel="phone")
    assert milestones_of(plan(window(), by_phone, [called], [])) == [M.TWO_WEEKS, M.DAY_BEFORE]


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        (When.EMERGENCY_ONLY, {"has_emergency": True}),
        (When.SHORT_NOTICE_ONLY, {"is_short_notice": True}),
        (When.NO_DOWNTIME_ONLY, {"takes_downtime": False}),
    ],
)
def test_a_line_about_a_kind_of_window_says_nothing_of_the_usual_ones(when, facts):
    lines = [replace(line, when=when) for line in CLIENTS]
    assert plan(window(), lines, [DESK], []) == []
    assert milestones_of(plan(window(**facts), lines, [DESK], [])) == [M.TWO_WEEKS, M.DAY_BEFORE]


def test_starting_is_said_as_many_minutes_before_as_the_policy_says():
    lines = [replace(line, minutes_before=90) for line in CLIENTS]
    assert plan(window(), lines, [ORDERS], [])[0].due_at == START - timedelta(minutes=90)
