"""A round of the beat: quick when there is nothing to do, never blind to what was done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from changeboard.directory.actions import contacts
from changeboard.history.models import Event
from changeboard.history.record import record
from maintenance.actions import scheduling
from notifications.actions import claiming, reconciling, ticking
from notifications.models import Delivery, Tick
from notifications.queries import rounds
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

# Three days before the two-week notice is due in Denver; the window starts on 15 December at 17:00 UTC.
EARLY = datetime(2026, 11, 28, 12, tzinfo=UTC)
TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
ROUND = timedelta(seconds=30)


@pytest.fixture
def planned(desk, window):
    """A first round has planned all there is."""
    ticking.tick(now=EARLY)
    return window


def contacts_in_ledger() -> set[int]:
    return set(Delivery.objects.values_list("contact_id", flat=True))


def test_a_round_that_finds_nothing_costs_one_statement(planned, settings, django_assert_num_queries):
    settings.TICK_SECONDS = ROUND.seconds
    with django_assert_num_queries(1):
        ticking.watched(now=EARLY + ROUND)
    rounds = Tick.objects.order_by("at")
    assert list(rounds.values_list("planned_anew", flat=True)) == [True, False]


def test_what_a_person_did_is_planned_in_the_next_round(planned, juniper):
    added = contacts.save_contact(
        ContactFactory.build(client=juniper), by=PersonFactory(), at=EARLY + timedelta(seconds=5)
    )
    ticking.tick(now=EARLY + ROUND)
    assert added.pk in contacts_in_ledger()


def test_an_event_that_commits_late_under_a_lower_number_is_not_passed_over(planned, juniper):
    with transaction.atomic():
        late = record("contact.added", juniper, by=None, at=EARLY - timedelta(minutes=3))
    before = Event.objects.filter(pk=late.pk)
    [number] = before.values_list("pk", flat=True)
    with transaction.atomic():
        record("client.edited", juniper, by=None, at=EARLY)
    before.update(at=EARLY - timedelta(days=2))
    ticking.tick(now=EARLY + ROUND)
    before.update(at=EARLY - timedelta(minutes=3))
    assert number < Event.objects.latest("pk").pk
    assert ticking.tick(now=EARLY + 2 * ROUND).planned_anew


def test_what_was_written_behind_the_historys_back_is_planned_within_five_minutes(planned, juniper):
    unseen = ContactFactory(client=juniper)
    ticking.tick(now=EARLY + ROUND)
    assert unseen.pk not in contacts_in_ledger()
    ticking.tick(now=EARLY + rounds.EVERY)
    assert unseen.pk in contacts_in_ledger()


def test_who_is_told_of_a_date_while_it_is_being_moved_is_told_of_the_move(planned, desk, mailbox):
    reconciling.reconcile(now=TWO_WEEKS)
    [row] = claiming.claim("email", 1, owner="slow", now=TWO_WEEKS)
    scheduling.move(
        planned, on=planned.on + timedelta(days=1), start_time=planned.start_time, reason="A day later",
        by=PersonFactory(), at=TWO_WEEKS + timedelta(seconds=1),
    )  # fmt: skip
    ticking.tick(now=TWO_WEEKS + timedelta(seconds=2))
    # Its mail had left before the move; the answer comes only now.
    Delivery.objects.filter(pk=row.pk).update(
        state="accepted", accepted_at=TWO_WEEKS + timedelta(seconds=20), lease_until=None, lease_owner=""
    )
    ticking.tick(now=TWO_WEEKS + ROUND)
    assert Delivery.objects.filter(contact=desk, milestone="moved", state="accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_window_that_another_process_holds_is_planned_by_a_later_round(desk, window):
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT FROM maintenance_window WHERE id = %s FOR UPDATE", [window.pk])
    assert not ticking.tick(now=EARLY).planned_anew
    other.rollback()
    other.close()
    assert ticking.tick(now=EARLY + ROUND).planned_anew
    assert contacts_in_ledger() == {desk.pk}
