from datetime import UTC, date, datetime

import pytest

from changeboard.directory.actions import clients, contacts
from changeboard.directory.models import Client
from changeboard.history.models import Event
from changeboard.people.models import digest
from changeboard.refusal import Refusal
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_an_edit_is_in_the_history_from_and_to():
    client, person = ClientFactory(), PersonFactory(client_services=True)
    client.contract_lead_days = 21
    clients.save_client(client, systems=[SystemFactory().pk], services=[], by=person, at=AT)
    assert Event.objects.about(client).get().facts == {"changes": {"contract_lead_days": [None, 21]}}


def test_two_people_editing_one_client_neither_overwrites_the_other_unseen():
    client, person = ClientFactory(), PersonFactory(client_services=True)
    first, second = Client.objects.get(pk=client.pk), Client.objects.get(pk=client.pk)
    clients.save_client(first, systems=[], services=[], by=person, at=AT)
    with pytest.raises(Refusal):
        clients.save_client(second, systems=[], services=[], by=person, at=AT)


def test_a_rotated_key_ends_the_old_one_and_is_stored_hashed():
    client = ClientFactory()
    old = clients.rotate_oms_key(client, by=None, at=AT)
    new = clients.rotate_oms_key(client, by=None, at=AT)
    assert list(Client.objects.filter(oms_key_digest=digest(new))) == [client]
    assert not Client.objects.filter(oms_key_digest=digest(old)).exists()


def test_the_same_no_go_day_again_only_changes_the_reason():
    client, person = ClientFactory(), PersonFactory(client_services=True)
    for reason in ("Go-live", "Go-live of the new RIS"):
        clients.add_no_go_date(client, on=date(2026, 12, 15), reason=reason, by=person, at=AT)
    assert [no_go.reason for no_go in client.no_go_dates.all()] == ["Go-live of the new RIS"]


def test_a_changed_address_is_unconfirmed_again():
    contact = ContactFactory(confirmed_at=AT, bounced_at=AT)
    contact.address = "new-desk@client.example"
    contacts.save_contact(contact, by=PersonFactory(client_services=True), at=AT)
    contact.refresh_from_db()
    assert (contact.confirmed_at, contact.bounced_at) == (None, None)
