import pytest
from django.urls import reverse

from changeboard.directory.models import Contact
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.people import PersonFactory

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
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
        ("phone", "call me", "no telephone number"),
        ("phone", "desk2026@juniper.example", "no telephone number"),
        ("webhook", "https://oms.example", "no secret yet"),
        ("chat", "carrier-pigeon://loft", "no Apprise address"),
        ("chat", "form://hooks.example/in", "form is not allowed here"),
    ],
)
def test_an_address_that_its_channel_cannot_reach_is_refused(client, channel, address, why):
    url = reverse("directory:new_contact", args=[ClientFactory().slug])
    answer = client.post(url, {**TYPED, "channel": channel, "address": address})
    assert (answer.status_code, why in answer.text, Contact.objects.count()) == (400, True, 0)


def test_every_fault_of_a_contact_is_said_at_once(client):
    url = reverse("directory:new_contact", args=[ClientFactory().slug])
    answer = client.post(url, {**TYPED, "name": "", "address": "desk"})
    assert set(answer.context["form"].errors) == {"name", "address"}


def test_nobody_is_told_a_thing_twice(client):
    known = ContactFactory(address="Desk@juniper.example", name="Old desk")
    answer = client.post(reverse("directory:new_contact", args=[known.client.slug]), TYPED)
    assert (answer.status_code, "Old desk has this address already" in answer.text) == (400, True)


def test_a_contact_is_told_nothing_more_and_stays_on_record(client):
    contact = ContactFactory()
    client.post(reverse("directory:retire_contact", args=[contact.pk]))
    contact.refresh_from_db()
    assert contact.active is False


def test_a_webhook_is_taken_once_there_is_a_secret_to_sign_with(client):
    row = ClientFactory(oms_webhook_secret="known-to-both")
    typed = {**TYPED, "channel": "webhook", "address": "https://oms.example/in"}
    assert client.post(reverse("directory:new_contact", args=[row.slug]), typed).status_code == 302


def test_the_key_to_a_chat_is_typed_once_and_shown_by_no_page(client):
    row = ClientFactory()
    client.post(
        reverse("directory:new_contact", args=[row.slug]), {**TYPED, "channel": "chat", "address": SLACK}
    )
    contact = Contact.objects.get(address=SLACK)
    pages = [
        client.get(reverse("directory:client", args=[row.slug])),
        client.get(reverse("directory:edit_contact", args=[contact.pk])),
        client.get(reverse("notifications:addresses")),
        client.get(reverse("directory:export")),
    ]
    texts = [b"".join(page).decode() if page.streaming else page.text for page in pages]
    assert [(contact.shown_address in text, "TIiajkdnlazkcOXr" in text) for text in texts] == [
        (True, False)
    ] * 4


def test_a_masked_chat_saved_again_keeps_its_address(client):
    contact = ContactFactory(channel="chat", address=SLACK)
    typed = {**TYPED, "channel": "chat", "address": contact.shown_address, "name": "Ward chat"}
    client.post(reverse("directory:edit_contact", args=[contact.pk]), typed)
    contact.refresh_from_db()
    assert (contact.name, contact.address) == ("Ward chat", SLACK)


def test_the_hatch_shows_no_key_either_and_keeps_the_rules(client):
    client.force_login(PersonFactory(administrator=True))
    contact = ContactFactory(channel="chat", address=SLACK)
    url = reverse("admin:directory_contact_change", args=[contact.pk])
    fields = {
        name: value for name, value in client.get(url).context["adminform"].form.initial.items() if value
    }
    answer = client.post(url, {**fields, "channel": "webhook", "address": "http://oms.example"})
    assert (fields["address"], answer.status_code) == (contact.shown_address, 200)
    assert set(answer.context["adminform"].form.errors) == {"address", "channel"}
