"""Finishing early: whatever was still to be said of the work that runs is not said, by nobody and at no hour."""

from datetime import UTC, datetime, timedelta

import pytest

from changeboard.refusal import Refusal
from maintenance.models import Window
from notifications.actions import claiming, holding, reconciling, stopping, ticking
from notifications.channels.ways import Ready
from notifications.models import Delivery
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# Go was said an hour before, and all was over before the order systems were to hear that it begins.
EARLY = START - 65 * MINUTE


@pytest.fixture
def over(order_system, window):
    """Planned, then over before the first notice of the day was due."""
    reconciling.reconcile(now=EARLY - MINUTE)
    Window.objects.filter(pk=window.pk).update(
        state="completed", started_at=EARLY - MINUTE, finished_at=EARLY
    )
    window.refresh_from_db()
    return window


def states():
    rows = Delivery.objects.filter(client__isnull=False).order_by("due_at", "pk")
    return {row.milestone: (row.state, row.reason) for row in rows}


def test_what_ends_before_its_hour_is_never_said_to_start(over, mailbox):
    for minutes in (1, 6, 66, 80):
        ticking.tick(now=EARLY + minutes * MINUTE)
    assert states() == {
        "starting": ("skipped", "over"), "under_way": ("skipped", "over"), "done": ("offered", ""),
    }  # fmt: skip


def test_what_was_planned_before_the_end_is_told_as_it_was_then(over):
    reconciling.reconcile(now=EARLY - MINUTE)
    assert states()["starting"] == ("planned", "")


def test_the_end_itself_stops_what_waits_without_any_round(over):
    assert (stopping.stop(over), stopping.stop(over)) == (2, 0)
    assert not Delivery.objects.due(now=START).filter(milestone__in=["starting", "under_way"]).exists()


def test_what_a_sender_had_claimed_when_the_work_ended_is_not_sent(order_system, window):
    reconciling.reconcile(now=START - 59 * MINUTE)
    [row] = claiming.claim("oms", 1, owner="me", now=START - 59 * MINUTE)
    row.message_id, row.dated_at = "<a@b>", START
    Window.objects.filter(pk=window.pk).update(state="completed", finished_at=START - 58 * MINUTE)
    prepared = [claiming.Prepared(row, Ready("s", "d", b""))]
    assert claiming.fence(prepared, owner="me", at=START - 58 * MINUTE) == set()


def test_a_person_does_not_release_what_is_not_true_any_more(order_system, window):
    reconciling.reconcile(now=EARLY - MINUTE)
    kim = PersonFactory()
    held = holding.hold(Delivery.objects.get(milestone="starting"), by=kim, at=EARLY)
    Window.objects.filter(pk=window.pk).update(state="completed", finished_at=EARLY)
    with pytest.raises(Refusal) as refused:
        holding.release(held, by=kim, at=EARLY + MINUTE)
    assert [reason.code for reason in refused.value.reasons] == ["delivery.work_is_over"]


def test_where_the_policy_tells_nobody_that_it_is_done_no_later_notice_is_named(over):
    Delivery.objects.filter(milestone="done").delete()
    stopping.stop(over)
    assert set(Delivery.objects.filter(reason="over").values_list("folded_into", flat=True)) == {""}
