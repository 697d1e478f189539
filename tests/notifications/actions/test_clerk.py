"""A clerk writes beside the sending, in order, and lets go of its own line."""

import time

import pytest
from django.db import IntegrityError, connection, transaction

from changeboard.directory.models import System
from notifications.actions.clerk import Clerk
from notifications.models import Tick
from tests.factories.directory import SystemFactory


@pytest.fixture
def clerk():
    clerk = Clerk()
    clerk.ready()
    yield clerk
    clerk.close()


def backend() -> int:
    """Which of the server's processes answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def is_gone(pid: int) -> bool:
    """Whether that process ends within five seconds; PostgreSQL takes a moment to."""
    with connection.cursor() as cursor:
        for _ in range(50):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [pid])
            if cursor.fetchone()[0] == 0:
                return True
            time.sleep(0.1)
    return False


@pytest.mark.django_db(transaction=True)
def test_it_works_over_a_line_of_its_own_and_closes_that_one_only(clerk):
    mine, its = backend(), clerk.give(backend).result()
    assert its != mine
    clerk.close()
    assert (is_gone(its), backend()) == (True, mine)


@pytest.mark.django_db(transaction=True)
def test_what_it_was_given_it_does_in_order(clerk):
    done = []
    last = [clerk.give(lambda n=number: done.append(n)) for number in range(50)][-1]
    last.result()
    assert done == list(range(50))


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_written_is_raised_to_whoever_waits_and_the_next_is_done(clerk):
    SystemFactory(code="RIS")
    refused = clerk.give(lambda: System.objects.create(code="RIS", name="Another"))
    with pytest.raises(IntegrityError):
        refused.result()
    assert clerk.give(Tick.objects.count).result() == 0


@pytest.mark.django_db
def test_within_a_transaction_it_works_in_the_place_of_the_caller(clerk):
    with transaction.atomic():
        assert clerk.give(backend).result() == backend()
