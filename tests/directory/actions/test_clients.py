from datetime import UTC, date, datetime

import pytest

from changeboard.directory.actions import clients, contacts, no_go
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
    clients.save_client(client, systems=[], services=[], by=person, at=AT)
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
        no_go.add_no_go(client, on=date(2026, 12, 15), reason=reason, by=person, at=AT)
    assert [day.reason for day in client.no_go_dates.all()] == ["Go-live of the new RIS"]


def test_a_run_of_days_is_noted_at_once_and_taken_away_at_once():
    client, person = ClientFactory(), PersonFactory(client_services=True)
    first, last = date(2026, 12, 14), date(2026, 12, 18)
    days = no_go.add_no_go(client, on=first, until=last, reason="Go-live", by=person, at=AT)
    no_go.add_no_go(client, on=date(2026, 12, 19), reason="Inspection", by=person, at=AT)
    assert len(days) == 5
    no_go.remove_no_go(client.no_go_dates.get(on=date(2026, 12, 16)), by=person, at=AT)
    assert [day.reason for day in client.no_go_dates.all()] == ["Inspection"]


@pytest.mark.parametrize("until", [date(2026, 12, 13), date(2027, 12, 14)])
def test_a_run_that_ends_before_it_begins_or_never_is_refused(until):
    client, person = ClientFactory(), PersonFactory(client_services=True)
    with pytest.raises(Refusal):
        no_go.add_no_go(client, on=date(2026, 12, 14), until=until, reason="x", by=person, at=AT)
    assert not client.no_go_dates.exists()


def test_a_new_webhook_secret_ends_the_old_one_and_the_history_does_not_know_it():
    client = ClientFactory()
    secrets = [clients.rotate_webhook_secret(client, by=None, at=AT) for _ in range(2)]
    client.refresh_from_db()
    assert (client.oms_webhook_secret, secrets[0] == secrets[1]) == (secrets[1], False)
    assert [event.facts for event in Event.objects.about(client)] == [{}, {}]


def test_what_a_client_uses_now_is_in_the_history_from_and_to():
    ris, pacs = SystemFactory(), SystemFactory(code="PACS")
    client = ClientFactory(uses=[ris])
    clients.save_client(client, systems=[pacs.pk], services=[], by=PersonFactory(), at=AT)
    assert Event.objects.about(client).get().facts == {"changes": {"systems": ["RIS", "PACS"]}}


def test_an_address_confirmed_by_telephone_forgets_its_bounce_and_keeps_the_note():
    contact = ContactFactory(bounced_at=AT, address="desk@client.example")
    heard = {"address": "desk@client.example", "how": "phone", "by": PersonFactory(), "at": AT}
    with pytest.raises(Refusal):
        contacts.confirm_contact(contact, note=" ", **heard)
    contacts.confirm_contact(contact, note="Spoke to the desk lead", **heard)
    contact.refresh_from_db()
    assert (contact.confirmed_at, contact.bounced_at) == (AT, None)
    assert Event.objects.about(contact.client).get().facts["note"] == "Spoke to the desk lead"


def test_another_address_than_the_contacts_own_confirms_nothing():
    contact = ContactFactory()
    with pytest.raises(Refusal):
        contacts.confirm_contact(contact, address="old@client.example", how="mail", by=None, at=AT)


def test_a_changed_address_is_unconfirmed_again():
    contact = ContactFactory(confirmed_at=AT, bounced_at=AT)
    contact.address = "new-desk@client.example"
    contacts.save_contact(contact, by=PersonFactory(client_services=True), at=AT)
    contact.refresh_from_db()
    assert (contact.confirmed_at, contact.bounced_at) == (None, None)
