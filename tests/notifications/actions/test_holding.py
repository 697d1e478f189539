"""What client services do with a notice, and what they may not do any more."""

from datetime import UTC, datetime, timedelta

import pytest

from changeboard.directory.models import Contact
from changeboard.history.models import Event
from changeboard.refusal import Refusal
from maintenance.models import Window
from notifications.actions import holding, reconciling, ticking
from notifications.models import Delivery
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
SOON = timedelta(seconds=20)


@pytest.fixture
def kim(db):
    return PersonFactory(username="kim")


@pytest.fixture
def planned(desk, window, mailbox):
    reconciling.reconcile(now=TWO_WEEKS - timedelta(days=1))
    return Delivery.objects.get(milestone="two_weeks")


@pytest.fixture
def failed(planned, mailbox, desk):
    mailbox.refusals[desk.address] = ["550 5.1.1 no such user"]
    ticking.tick(now=TWO_WEEKS + SOON)
    planned.refresh_from_db()
    return planned


def codes(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return [reason.code for reason in refused.value.reasons]


def test_a_held_notice_does_not_go_out_until_it_is_released(planned, kim, mailbox):
    holding.hold(planned, by=kim, at=TWO_WEEKS - SOON)
    ticking.tick(now=TWO_WEEKS + SOON)
    assert mailbox.mails == []
    holding.release(planned, by=kim, at=TWO_WEEKS + timedelta(hours=1))
    ticking.tick(now=TWO_WEEKS + timedelta(hours=1))
    assert len(mailbox.mails) == 1


def test_what_has_gone_out_cannot_be_held(planned, kim):
    ticking.tick(now=TWO_WEEKS + SOON)
    assert codes(holding.hold, planned, by=kim, at=TWO_WEEKS + SOON) == ["delivery.cannot_hold"]


def test_a_failed_notice_is_sent_again_under_a_new_name(failed, kim, mailbox, desk):
    before = failed.message_id
    holding.resend(failed, by=kim, at=TWO_WEEKS + timedelta(hours=1))
    ticking.tick(now=TWO_WEEKS + timedelta(hours=1, seconds=1))
    [mail] = mailbox.to(desk.address)
    assert mail["Message-ID"] != before
    assert list(Delivery.objects.unsettled()) == []


def test_nothing_is_sent_again_that_is_of_no_use_any_more(failed, kim):
    assert codes(holding.resend, failed, by=kim, at=failed.not_after + SOON) == ["delivery.too_late"]


def test_nothing_is_sent_again_by_a_channel_that_its_reader_left(failed, kim, desk):
    Contact.objects.filter(pk=desk.pk).update(channel="phone", address="+1 303 555 0100")
    assert codes(holding.resend, failed, by=kim, at=TWO_WEEKS + SOON) == ["delivery.another_way"]


def test_nothing_is_sent_again_of_a_date_that_is_no_longer_true(failed, kim):
    Window.objects.filter(pk=failed.window_id).update(revision=1, reason="moved")
    assert codes(holding.resend, failed, by=kim, at=TWO_WEEKS + SOON) == ["delivery.moved_meanwhile"]


def test_waiving_takes_a_reason_and_settles_it(failed, kim):
    assert codes(holding.waive, failed, reason=" ", by=kim, at=TWO_WEEKS) == ["delivery.needs_reason"]
    holding.waive(failed, reason="The site is closed that week", by=kim, at=TWO_WEEKS)
    failed.refresh_from_db()
    assert (failed.state, failed.settled_by) == ("waived", kim)
    assert list(Delivery.objects.unsettled()) == []


def test_a_telephone_call_is_a_delivery_with_its_proof(failed, kim):
    holding.log_call(failed, note="Spoke to the desk lead, understood", by=kim, at=TWO_WEEKS)
    failed.refresh_from_db()
    assert (failed.state, failed.server_answer) == (
        "accepted",
        "By telephone: Spoke to the desk lead, understood",
    )
    assert failed.attempts.filter(by=kim).count() == 1


def test_each_act_stands_in_the_windows_history(failed, kim):
    holding.waive(failed, reason="Closed", by=kim, at=TWO_WEEKS)
    assert Event.objects.filter(act="notice.waived", by=kim).count() == 1
