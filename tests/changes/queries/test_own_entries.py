"""What of changes and of the board stands in a person's own calendar."""

from datetime import timedelta

import pytest

from changes.actions import board, conditions, meetings, rescheduling
from changes.actions.conditions import Wanted
from changes.models import Change, Meeting, Outcome
from changes.queries.own_entries import own_entries
from tests.factories.board import a_board, all_approve, in_session
from tests.factories.changes import AT, a_scheduled, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
SINCE, LATER = AT - timedelta(days=60), AT + timedelta(days=20)


def kinds(person):
    return [entry.kind for entry in own_entries(person, SINCE)]


def test_a_member_has_the_meetings_and_whoever_has_no_seat_has_none():
    chair = a_board()[0]
    meetings.ensure_meetings(now=AT)
    rescheduling.cancel(Meeting.objects.earliest("starts_at"), reason="Storm", by=chair, at=AT)
    cancelled, *others = own_entries(chair, SINCE)
    assert (cancelled.is_cancelled, cancelled.revision) == (True, 1)
    assert [each.is_cancelled for each in others] == [False] * len(others)
    assert own_entries(PersonFactory(), SINCE) == []


def test_ones_own_change_lies_over_its_window_until_it_will_never_happen():
    change = a_scheduled(window())
    (entry,) = own_entries(change.requester, SINCE)
    assert (entry.key, entry.starts_at, entry.kind) == (
        f"{change.reference}-{change.window}".lower(),
        change.window.starts_at,
        "change",
    )
    Change.objects.filter(pk=change.pk).update(state="withdrawn")
    assert own_entries(change.requester, SINCE) == []


def test_a_condition_stands_at_its_deadline_until_it_is_met():
    members = a_board()
    item = in_session(a_submitted(a_sheet(window=window().pk)), by=members[0], at=AT)
    all_approve(item, members, at=AT)
    wanted = [Wanted("Operations on call", members[4], LATER)]
    decision = board.decide(
        item, outcome=Outcome.WITH_CONDITIONS, sentence="", conditions=wanted, by=members[0], at=AT
    )
    entry = next(each for each in own_entries(members[4], SINCE) if each.kind == "condition")
    assert (entry.ends_at, entry.detail) == (LATER, "Operations on call")
    conditions.meet(decision.conditions.get(), evidence="Rota", by=members[4], at=AT)
    assert "condition" not in kinds(members[4])
