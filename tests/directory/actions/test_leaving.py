"""A reader leaves by a mail's link; no client ends with nobody told, and a contract is kept."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from changeboard.directory.actions import contacts, leaving
from changeboard.directory.models import Channel, Contact
from changeboard.history.models import Event
from changeboard.refusal import Refusal
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture
def two():
    client = ClientFactory()
    return ContactFactory(client=client), ContactFactory(client=client)


def acts() -> list[tuple[str, object]]:
    return list(Event.objects.order_by("id").values_list("act", "by"))


def test_a_reader_leaves_and_a_second_click_changes_nothing(two):
    for _ in range(2):
        assert not leaving.leave(two[0], at=AT).active
    assert acts() == [("contact.retired", None)]


def test_the_last_one_of_a_client_is_kept_and_client_services_have_to_look(two):
    leaving.leave(two[0], at=AT)
    for _ in range(2):
        kept = leaving.leave(two[1], at=AT)
    assert (kept.active, kept.leave_asked_at, leaving.why_kept(kept)) == (True, AT, "last")
    assert list(Contact.objects.to_look_at().filter(leave_asked_at=AT)) == [kept]
    assert acts()[1:] == [("contact.asked_to_leave", None)]


def test_an_order_system_does_not_count_as_somebody_who_is_told(two):
    Contact.objects.filter(pk=two[1].pk).update(channel=Channel.OMS)
    assert leaving.leave(two[0], at=AT).active


def test_whom_a_contract_names_is_kept_though_others_are_told(two):
    Contact.objects.filter(pk=two[0].pk).update(is_contractual=True)
    kept = leaving.leave(two[0], at=AT)
    assert (kept.active, kept.leave_asked_at) == (True, AT)


def test_somebody_who_saw_to_it_ends_the_asking(two):
    Contact.objects.filter(pk=two[0].pk).update(is_contractual=True)
    kept, by = leaving.leave(two[0], at=AT), PersonFactory()
    address = kept.address
    contacts.confirm_contact(kept, by=by, at=AT, address=address, how="phone", note="Stays")
    kept.refresh_from_db()
    assert kept.leave_asked_at is None


def test_client_services_take_somebody_back_with_one_act_unless_the_address_is_told_already(two):
    gone, by = leaving.leave(two[0], at=AT), PersonFactory()
    assert leaving.rejoin(gone, by=by, at=AT).active
    gone = leaving.leave(gone, at=AT)
    Contact.objects.filter(pk=two[1].pk).update(address=gone.address)
    with pytest.raises(Refusal):
        leaving.rejoin(gone, by=by, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_do_not_both_count_on_the_other(two):
    together = Barrier(2)

    def go(contact):
        together.wait()
        leaving.leave(contact, at=AT)
        connection.close()

    threads = [Thread(target=go, args=[contact]) for contact in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Contact.objects.filter(active=True).count() == 1
