from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from changeboard.history import doorbell, sentences
from changeboard.history.models import Event
from changeboard.history.record import record
from tests.factories.directory import SystemFactory
from tests.factories.people import PersonFactory

AT = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.mark.django_db
def test_a_row_says_who_did_what_to_what_when():
    system, person = SystemFactory(), PersonFactory()
    event = record("system.edited", system, by=person, at=AT, mark="circle", since=AT)
    assert list(Event.objects.about(system)) == [event]
    assert (event.by, event.at, event.facts) == (
        person,
        AT,
        {"mark": "circle", "since": "2026-11-23T16:00:00+00:00"},
    )


@pytest.mark.django_db(transaction=True)
def test_history_is_written_inside_a_transaction_or_not_at_all():
    system = SystemFactory()
    with pytest.raises(TransactionManagementError):
        record("system.edited", system, by=None, at=AT)
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_once_a_commit_and_never_after_a_rollback(monkeypatch):
    rings = []
    monkeypatch.setattr(doorbell, "_listeners", [lambda: rings.append("ring")])
    system = SystemFactory()
    with transaction.atomic():
        record("system.edited", system, by=None, at=AT)
        record("system.edited", system, by=None, at=AT)
    with transaction.atomic():
        record("system.edited", system, by=None, at=AT)
        transaction.set_rollback(True)
    assert rings == ["ring"]


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_loses_nothing(monkeypatch):
    def dead_broker() -> None:
        raise ConnectionError

    monkeypatch.setattr(doorbell, "_listeners", [dead_broker])
    system = SystemFactory()
    with transaction.atomic():
        record("system.edited", system, by=None, at=AT)
    assert Event.objects.count() == 1


def test_an_act_reads_as_its_sentence_and_one_without_by_its_name():
    sentences.register({"test.moved": "Moved to {to}"})
    assert sentences.sentence(Event(act="test.moved", facts={"to": "Tue 19 Jan"})) == "Moved to Tue 19 Jan"
    assert sentences.sentence(Event(act="test.never_named")) == "test: never named"
