"""Who may send a row: one process at a time, of the present revision, and only while its lease lives."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from maintenance.actions import scheduling
from notifications.actions import batch, claiming, dispatching, reconciling, ticking
from notifications.actions.claiming import Prepared
from notifications.channels.ways import Ready
from notifications.models import Delivery
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
AT = TWO_WEEKS + timedelta(seconds=20)


@pytest.fixture
def row(desk, window) -> Delivery:
    """Claimed by "me", not yet sent."""
    reconciling.reconcile(now=TWO_WEEKS)
    [row] = claiming.claim("email", 10, owner="me", now=AT)
    batch.freeze_name(row, at=AT)
    return row


def fenced(row: Delivery, *, owner: str = "me", at: datetime = AT) -> bool:
    return claiming.fence([Prepared(row, Ready("Subject", "", b""))], owner=owner, at=at) == {row.pk}


def test_what_is_mine_and_alive_may_be_sent(row):
    assert fenced(row)


def test_a_fence_touches_no_index(row):
    hot = "SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'notifications_delivery'"
    with connection.cursor() as cursor:
        cursor.execute(hot)
        [[before]] = cursor.fetchall()
        assert fenced(row, at=AT + timedelta(seconds=1))
        cursor.execute(hot)
        assert cursor.fetchall() == [(before + 1,)]


def test_what_is_claimed_is_found_by_its_number_however_many_are_due(db):
    words = {"channel": "email", "most": 200, "owner": "me", "now": AT, "until": AT}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {claiming.CLAIM}", words)
        planned = " ".join(line for (line,) in cursor.fetchall())
    assert "notifications_delivery_pkey" in planned
    assert "(id = ANY (" in planned


def test_a_lease_that_is_over_sends_nothing(row):
    assert not fenced(row, at=AT + claiming.lease())


def test_what_another_process_took_meanwhile_is_not_sent(row):
    claiming.claim("email", 10, owner="other", now=AT + claiming.lease() + timedelta(seconds=1))
    assert not fenced(row, at=AT + claiming.lease() - timedelta(seconds=1))


def test_a_window_that_moves_between_claim_and_send_is_not_told_of_the_old_date(row, window):
    scheduling.move(
        window, on=date(2026, 12, 16), start_time=time(11), reason="A vendor", by=PersonFactory(), at=AT
    )
    assert not fenced(row)
    claiming.give_back([row], owner="me")
    row.refresh_from_db()
    assert (row.state, row.reason, row.try_at) == ("superseded", "revision", None)


def test_what_never_left_is_given_back_as_if_it_had_not_been_claimed(row):
    assert fenced(row)
    claiming.give_back([row], owner="me", why="no way out")
    row.refresh_from_db()
    assert (row.state, row.tries, row.message_id, row.dated_at, row.begun_at) == (
        "planned",
        0,
        "",
        None,
        None,
    )
    assert (row.uncertain, row.server_answer) == (False, "no way out")


def test_a_name_that_may_have_been_heard_is_kept(row):
    fenced(row)
    later = AT + claiming.lease() + timedelta(seconds=1)
    [again] = claiming.claim("email", 10, owner="other", now=later)
    claiming.give_back([again], owner="other")
    row.refresh_from_db()
    assert (row.message_id, row.dated_at, row.uncertain, row.tries) == (row.message_id, AT, True, 1)
    assert row.message_id.startswith("<ris-2026-12.r0.two-weeks.")


def test_a_channel_claims_its_own_rows_only(row, juniper):
    ContactFactory(client=juniper, channel="webhook", address="https://juniper.example/hook")
    reconciling.reconcile(now=TWO_WEEKS)
    assert claiming.claim("email", 10, owner="other", now=AT) == []
    assert [each.channel for each in claiming.claim("webhook", 10, owner="other", now=AT)] == ["webhook"]


def test_with_nothing_due_sending_is_one_query(desk, window, django_assert_num_queries):
    reconciling.reconcile(now=TWO_WEEKS - timedelta(days=1))
    with django_assert_num_queries(1):
        dispatching.send_due(now=TWO_WEEKS - timedelta(days=1))


@pytest.mark.parametrize("readers", [1, 3, 9])
def test_a_batch_of_up_to_ten_costs_the_same_queries(
    readers, juniper, window, mailbox, monkeypatch, settings, django_assert_num_queries
):
    for number in range(readers):
        ContactFactory(client=juniper, address=f"reader{number}@juniper.example")
    window.state, window.announced_at = "announced", TWO_WEEKS
    window.save()
    reconciling.reconcile(now=TWO_WEEKS)
    settings.NOTICES_A_MARK = 20
    # As behind a pool: else the first on a connection has its statements prepared.
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    monkeypatch.setattr(batch.lease, "MARK_WITHIN_SECONDS", 60)
    with django_assert_num_queries(11):
        dispatching.send_batch("email", now=AT)
    assert len(mailbox.mails) == readers


def test_every_batch_that_is_due_is_rung_for_once(desk, juniper, window, monkeypatch):
    for number in range(4):
        ContactFactory(client=juniper, address=f"reader{number}@juniper.example")
    monkeypatch.setattr(dispatching, "BATCH", 2)
    rung = []
    ticking.tick(now=AT, ring=lambda channel, batches: rung.append((channel, batches)))
    assert rung == [("email", 3)]
