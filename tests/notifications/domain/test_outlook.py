"""What is said to go out is what goes out: the outlook against a clock that really runs."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.domain.lifecycle import State
from notifications.domain.milestones import Milestone
from notifications.domain.outlook import going
from notifications.domain.picture import WindowPicture
from tests.notifications.domain.a_window import CLIENTS, DESK, ORDERS, START, told, window
from tests.notifications.domain.test_histories import a_world, acts, do

M = Milestone
EARLY, DAY = START - timedelta(days=20), timedelta(days=1)


def said(*, now=EARLY, until=START, ledger=(), picture=None, readers=(DESK,)) -> list:
    found = going(picture or window(), CLIENTS, readers, ledger, now=now, until=until)
    return [(each.row.milestone, each.at, each.is_late) for each in found]


def test_by_the_start_a_mailbox_will_have_both_notices_each_at_its_hour():
    two_weeks, day_before = START - 14 * DAY - timedelta(hours=2), START - DAY - timedelta(hours=2)
    assert said() == [(M.TWO_WEEKS, two_weeks, False), (M.DAY_BEFORE, day_before, False)]


def test_what_is_due_after_the_instant_is_not_said():
    assert said(until=START - 10 * DAY) == said()[:1]


def test_what_waits_for_an_event_is_not_foreseen():
    assert [each[0] for each in said(readers=(ORDERS,), until=START + DAY)] == [M.STARTING, M.UNDER_WAY]


def test_what_is_overdue_goes_now_and_is_called_late():
    now = START - 9 * DAY
    assert said(now=now)[0] == (M.TWO_WEEKS, now, True)


def test_what_was_told_or_is_held_does_not_go_out():
    assert said(ledger=[told(M.TWO_WEEKS), told(M.DAY_BEFORE, state=State.HELD)]) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(acts, max_size=8), st.integers(1, 40))
def test_the_outlook_is_what_a_running_clock_then_sends(history, days):
    world = a_world()
    for act, figure in history:
        do(world, act, figure)
    until, before = world.now + days * DAY, len(world.mails)
    readers, entries = world.reached(), world.entries()
    picture = WindowPicture(1, tuple(world.revisions), concerns=world.concerns)
    said = going(picture, world.policy, readers, entries, now=world.now, until=until)
    world.walk(days * DAY)
    sent = [(mail.contact_id, mail.milestone) for mail in world.mails[before:]]
    assert sorted((each.row.contact_id, each.row.milestone) for each in said) == sorted(sent)
