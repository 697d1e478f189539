from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as searching
from hypothesis import strategies as st

from changeboard import clock
from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import meetings, rescheduling
from changes.models import AgendaItem, Meeting, MeetingRule
from tests.factories.board import a_board, in_session, item_of
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
CHICAGO = "America/Chicago"


@pytest.fixture
def chair():
    return a_board()[0]


@pytest.fixture
def first(chair):
    meetings.ensure_meetings(now=AT)
    return Meeting.objects.earliest("starts_at")


def a_rule(by, **given):
    fields = {
        "weekday": 3, "start_time": time(10), "length_minutes": 60, "every_weeks": 1,
        "counted_from": None, "on_holiday": "earlier", "quorum_percent": 50, "quorum_groups": 3,
    }  # fmt: skip
    return rescheduling.set_rule(**{**fields, **given}, by=by, at=AT)


def days():
    return [each.on.isoformat() for each in Meeting.objects.filter(state="planned").order_by("on")]


def test_a_meeting_moved_by_hand_keeps_its_length_and_is_not_made_again(chair, first):
    moved = rescheduling.move(
        first, on=date(2026, 11, 20), start_time=time(14), reason="The chair is away", by=chair, at=AT
    )
    assert (moved.starts_at, moved.ends_at - moved.starts_at) == (
        datetime(2026, 11, 20, 20, tzinfo=UTC), timedelta(hours=1),
    )  # fmt: skip
    assert (moved.moved_from_on, moved.sequence, meetings.ensure_meetings(now=AT)) == (
        date(2026, 11, 19),
        1,
        0,
    )


def test_a_move_is_refused_without_a_reason_into_the_past_and_onto_a_day_that_has_one(chair, first):
    refused = []
    for on, reason in ((date(2026, 11, 16), "x"), (date(2026, 11, 24), "x"), (date(2026, 11, 20), " ")):
        with pytest.raises(Refusal) as refusal:
            rescheduling.move(first, on=on, start_time=time(10), reason=reason, by=chair, at=AT)
        refused.append(str(refusal.value))
    assert refused == ["meeting.in_the_past", "meeting.day_taken", "meeting.no_reason"]


def test_what_was_before_a_cancelled_meeting_goes_before_the_next(chair):
    change = a_submitted()
    item = item_of(change)
    rescheduling.cancel(item.meeting, reason="Storm", by=chair, at=AT)
    assert (item_of(change).pk, item_of(change).meeting.on.isoformat()) == (item.pk, "2026-11-24")
    assert (meetings.ensure_meetings(now=AT), Meeting.objects.filter(on="2026-11-19").get().state) == (
        0,
        "cancelled",
    )


def test_a_cancelled_meeting_is_held_after_all_and_its_calendar_entry_rises(chair, first):
    rescheduling.cancel(first, reason="Storm", by=chair, at=AT)
    held = rescheduling.hold(first, by=chair, at=AT)
    assert (held.state, held.reason, held.sequence) == ("planned", "", 2)


def test_a_meeting_in_session_is_neither_moved_nor_cancelled(chair):
    item = in_session(a_submitted(), by=chair, at=AT)
    with pytest.raises(Refusal) as refusal:
        rescheduling.cancel(item.meeting, reason="x", by=chair, at=AT)
    assert (str(refusal.value), refusal.value.conflict) == ("meeting.has_begun", True)


def test_the_database_keeps_no_cancelled_meeting_without_a_reason(first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=first.pk).update(state="cancelled")


def test_meetings_ahead_follow_a_new_rule_and_those_moved_by_hand_stay(chair, first):
    rescheduling.move(first, on=date(2026, 11, 20), start_time=time(9), reason="Away", by=chair, at=AT)
    a_rule(chair, weekday=1, on_holiday="later")
    assert days() == ["2026-11-20", "2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]


def test_a_week_that_the_rule_no_longer_has_is_cancelled_and_its_changes_move_on(chair):
    change = a_submitted()
    a_rule(chair, every_weeks=2, counted_from=date(2026, 11, 24))
    cancelled = Meeting.objects.filter(state="cancelled").order_by("on").first()
    assert (cancelled.on.isoformat(), cancelled.reason) == ("2026-11-19", "The board meets by a new rule.")
    assert (item_of(change).meeting.on.isoformat(), days()) == (
        "2026-11-24",
        ["2026-11-24", "2026-12-10", "2026-12-24"],
    )


def test_every_second_week_needs_to_know_which(chair):
    with pytest.raises(Refusal, match=r"meeting_rule\.counted_from_when"):
        a_rule(chair, every_weeks=2)
    assert MeetingRule.objects.count() == 0


def test_a_change_is_put_before_the_first_meeting_however_far_away(chair):
    a_rule(chair, every_weeks=12, counted_from=date(2026, 11, 10))
    assert meetings.next_meeting(now=AT).on.isoformat() == "2027-02-04"


def test_a_quorum_of_more_groups_than_sit_on_the_board_is_refused(chair):
    with pytest.raises(Refusal, match=r"meeting_rule\.too_many_groups"):
        a_rule(chair, quorum_groups=7)
    assert a_rule(chair, quorum_groups=6).needed.groups == 6


def test_a_rule_that_is_changed_is_in_the_history(chair):
    a_rule(chair, weekday=1)
    assert Event.objects.get(act="meeting_rule.changed").by == chair


@searching(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    weekday=st.integers(0, 6), every=st.integers(1, 4), choice=st.sampled_from(["skip", "later", "earlier"]),
    runs=st.lists(st.integers(0, 250), min_size=1, max_size=6),
)  # fmt: skip
def test_local_time_is_constant_and_runs_in_any_order_make_each_week_once(weekday, every, choice, runs):
    with transaction.atomic():
        rule = MeetingRule(weekday=weekday, every_weeks=every, on_holiday=choice)
        rule.save()
        for run in sorted(runs):
            meetings.ensure_meetings(now=AT + timedelta(days=run))
            assert meetings.ensure_meetings(now=AT + timedelta(days=run)) == 0
        made = list(Meeting.objects.order_by("on"))
        assert {clock.local(each.starts_at, CHICAGO).time() for each in made} <= {time(10)}
        assert len({each.week_on for each in made}) == len(made)
        transaction.set_rollback(True)


def test_nothing_that_is_decided_leaves_the_meeting(chair):
    AgendaItem.objects.filter(change=None).delete()
    person = PersonFactory()
    change = a_submitted(by=person)
    AgendaItem.objects.filter(change=change).update(closed_at=AT)
    rescheduling.cancel(item_of(change).meeting, reason="Storm", by=chair, at=AT)
    assert item_of(change).meeting.state == "cancelled"
