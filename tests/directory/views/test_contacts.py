import pytest
from django.urls import reverse

from changeboard.directory.models import Contact
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "PACS desk", "role": "help_desk", "channel": "email", "address": "desk@juniper.example", "language": "es",
}  # fmt: skip


@pytest.fixture(autouse=True)
def keeper(client):
    client.force_login(PersonFactory(client_services=True))


def test_a_contact_is_added_to_its_client(client):
    row = ClientFactory()
    client.post(reverse("directory:new_contact", args=[row.slug]), TYPED)
    assert list(row.contacts.values_list("name", "address", "is_person")) == [
        ("PACS desk", "desk@juniper.example", False)
    ]


@pytest.mark.parametrize(
    ("channel", "address", "why"),
    [
        ("email", "desk", "This is no e-mail address"),
        ("webhook", "http://oms.example", "starts with https"),
        ("phone", "", "Say which number"),
    ],
)
def test_an_address_that_its_channel_cannot_reach_is_refused(client, channel, address, why):
    url = reverse("directory:new_contact", args=[ClientFactory().slug])
    answer = client.post(url, {**TYPED, "channel": channel, "address": address})
    assert (answer.status_code, why in answer.text, Contact.objects.count()) == (400, True, 0)


def test_nobody_is_told_a_thing_twice(client):
    known = ContactFactory(address="Desk@juniper.example", name="Old desk")
    answer = client.post(reverse("directory:new_contact", args=[known.client.slug]), TYPED)
    assert (answer.status_code, "Old desk has this address already" in answer.text) == (400, True)


def test_a_contact_is_told_nothing_more_and_stays_on_record(client):
    contact = ContactFactory()
    client.post(reverse("directory:retire_contact", args=[contact.pk]))
    contact.refresh_from_db()
    assert contact.active is False
