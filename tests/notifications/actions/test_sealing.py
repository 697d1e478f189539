"""The proof is sealed as it grows; whoever alters it in the database itself is found out, and where."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from notifications.actions import holding, sealing, showing, ticking
from notifications.domain.display import Phase
from notifications.models import Attempt, Delivery, Seal
from notifications.queries import proof
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
ROUND, HOUR = timedelta(seconds=30), timedelta(hours=1)
LATER = TWO_WEEKS + 3 * HOUR


@pytest.fixture
def told(desk, juniper, window, mailbox):
    """Two readers told two weeks before, and sealed; hours later everything was looked through again."""
    ContactFactory(client=juniper, name="Help desk", address="help@juniper.example")
    ticking.tick(now=TWO_WEEKS - 2 * HOUR)
    ticking.tick(now=TWO_WEEKS + timedelta(seconds=5))
    ticking.tick(now=TWO_WEEKS + ROUND)
    ticking.tick(now=LATER)
    return window


def sql(words, *values):
    with connection.cursor() as cursor:
        cursor.execute(words, values)


def faults(window=None, now=LATER + HOUR):
    return [(fault.code, fault.window, fault.delivery) for fault in proof.check(window, now=now).faults]


def last_told():
    return Attempt.objects.latest("pk")


def test_every_answer_is_sealed_once_by_the_rounds_of_the_beat(told):
    assert faults() == []
    sealed = list(Seal.objects.filter(kind="answer").values_list("fact", flat=True))
    assert sealed == sorted(Attempt.objects.values_list("pk", flat=True))
    assert sealing.seal(now=LATER + ROUND) == 0


def test_the_address_that_it_went_to_stays_when_the_contact_moves(told, desk):
    desk.address = "elsewhere@juniper.example"
    desk.save()
    assert faults() == []
    assert '"address":"pacs@juniper.example"' in Seal.objects.get(delivery__contact=desk).body


def test_an_answer_that_was_edited_is_named_with_what_it_was(told):
    attempt = last_told()
    sql("UPDATE notifications_attempt SET answer = '250 for sure' WHERE id = %s", attempt.pk)
    [fault, _] = proof.check(now=LATER).faults
    assert (fault.code, fault.delivery) == ("chain.changed", attempt.delivery_id)
    assert fault.facts["changed"] == [("answer", attempt.answer, "250 for sure")]


def test_an_attempt_that_was_deleted_is_named(told):
    attempt = last_told()
    sql("DELETE FROM notifications_attempt WHERE id = %s", attempt.pk)
    assert faults()[0] == ("chain.deleted", "RIS-2026-12", attempt.delivery_id)


def test_an_end_that_was_cut_off_leaves_answers_without_a_link(told):
    last = Seal.objects.filter(kind="answer").latest("number")
    head = Seal.objects.head().digest
    sql("DELETE FROM notifications_seal WHERE number >= %s", last.number)
    assert faults() == [("chain.not_sealed", "RIS-2026-12", last.delivery_id)]
    assert not proof.knows(head)


def test_an_answer_put_in_afterwards_is_named_although_it_is_sealed(told):
    attempt = last_told()
    Attempt.objects.create(
        delivery=attempt.delivery, at=attempt.at - HOUR, outcome="accepted", answer="250 Ok"
    )
    sealing.seal(now=LATER + ROUND)
    assert faults() == [("chain.afterwards", "RIS-2026-12", attempt.delivery_id)]


def test_a_reader_who_is_said_to_have_been_told_without_any_answer_is_named(told):
    waiting = Delivery.objects.filter(milestone="day_before").first()
    sql(
        "UPDATE notifications_delivery SET state = 'accepted', accepted_at = due_at, server_answer = '250 Ok' "
        "WHERE id = %s",
        waiting.pk,
    )
    assert faults(told) == [("chain.no_answer", "RIS-2026-12", waiting.pk)]


def test_another_subject_than_the_one_that_was_sent_is_named(told):
    row = last_told().delivery
    sql("UPDATE notifications_delivery SET subject = 'Everything was said' WHERE id = %s", row.pk)
    assert faults() == [("chain.changed", "RIS-2026-12", row.pk)]


def test_links_that_change_places_are_named(told):
    one, two = Seal.objects.filter(kind="answer").order_by("number")[:2]
    sql("UPDATE notifications_seal SET body = %s WHERE number = %s", two.body, one.number)
    sql("UPDATE notifications_seal SET body = %s WHERE number = %s", one.body, two.number)
    assert {code for code, *_ in faults()} == {"chain.content", "chain.changed"}


def test_the_command_ends_with_an_error_and_names_the_first_place(told, time_machine):
    time_machine.move_to(LATER + HOUR, tick=False)
    said = io.StringIO()
    call_command("verify_ledger", "--window", told.reference, stdout=said)
    assert "RIS-2026-12: 2 links over 2 deliveries checked" in said.getvalue()
    sql("UPDATE notifications_attempt SET answer = 'no' WHERE id = %s", last_told().pk)
    with pytest.raises(CommandError, match=r"RIS-2026-12, delivery \d+: answer was '250 .*', is now 'no'"):
        call_command("verify_ledger", stdout=said)


def test_a_head_that_was_written_down_is_asked_for_later(told, time_machine):
    time_machine.move_to(LATER + HOUR, tick=False)
    call_command("verify_ledger", "--head", Seal.objects.head().digest, stdout=io.StringIO())
    with pytest.raises(CommandError, match="does not know the head"):
        call_command("verify_ledger", "--head", "ab" * 32, stdout=io.StringIO())


def test_a_name_that_is_given_up_is_sealed_first_and_the_acts_are_sealed_too(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["550 5.1.1 no such user"]
    ticking.tick(now=TWO_WEEKS + timedelta(seconds=5))
    failed = Delivery.objects.get(state="failed")
    holding.resend(failed, by=PersonFactory(username="kim"), at=TWO_WEEKS + timedelta(seconds=9))
    ticking.tick(now=TWO_WEEKS + ROUND)
    ticking.tick(now=TWO_WEEKS + 2 * ROUND)
    assert f'"message_id":"{failed.message_id}"' in Seal.objects.earliest("number").body
    assert sorted(Seal.objects.values_list("kind", flat=True)) == ["act", "answer", "answer", "round"]
    assert faults() == []


def test_what_an_order_system_reports_is_a_further_link_and_no_edit(juniper, order_system, window, mailbox):
    hour_before = window.starts_at - HOUR
    ticking.tick(now=hour_before + timedelta(seconds=1))
    report = {"window": window.reference, "phase": Phase.STARTING, "sequence": 0, "actor": "Desk 3"}
    for _ in range(2):
        showing.acknowledge(juniper, **report, at=hour_before + timedelta(minutes=4))
    ticking.tick(now=hour_before + timedelta(minutes=5))
    outcomes = Attempt.objects.filter(delivery__milestone="starting").values_list("outcome", flat=True)
    assert list(outcomes) == ["offered", "seen", "acknowledged"]
    assert Seal.objects.filter(kind="answer").count() == 3
    assert faults(now=hour_before + HOUR) == []


@pytest.mark.django_db(transaction=True)
def test_while_one_process_seals_another_leaves_it_to_it(told):
    Attempt.objects.create(delivery=last_told().delivery, at=LATER, outcome="temporary", answer="later")
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
    assert sealing.seal(now=LATER + ROUND) == 0
    other.rollback()
    other.close()
    assert sealing.seal(now=LATER + ROUND) == 1


def test_a_round_seals_no_more_than_its_share_and_says_nothing_of_the_rest(told):
    row = last_told().delivery
    Attempt.objects.bulk_create(Attempt(delivery=row, at=LATER, outcome="temporary") for _ in range(3))
    rounds = Seal.objects.rounds().count()
    assert (sealing.seal(now=LATER + 2 * HOUR, most=2), Seal.objects.rounds().count()) == (2, rounds)
    assert (sealing.seal(now=LATER + 2 * HOUR, most=2), Seal.objects.rounds().count()) == (1, rounds + 1)
