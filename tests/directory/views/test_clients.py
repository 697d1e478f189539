from datetime import UTC, datetime

import pytest
from django.urls import reverse

from changeboard.directory.models import Client, NoGoDate
from changeboard.history.models import Event
from changeboard.people.models import Role, digest
from tests import side_bar
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
TYPED = {
    "version": "0",
    "name": "Juniper Valley",
    "time_zone": "America/Denver",
    "locale": "en-US",
    "meanwhile": "Call the reading desk",
    "active": "on",
}


@pytest.fixture
def keeper(client):
    person = PersonFactory(client_services=True)
    client.force_login(person)
    return person


@pytest.mark.parametrize("role", Role.values)
def test_everybody_reads_clients_and_client_services_and_administrators_edit_them(client, role):
    client.force_login(one_of_each_role()[role])
    edits = role in ("client_services", "administrator")
    assert client.get(reverse("directory:clients")).status_code == 200
    assert client.get(reverse("directory:new_client")).status_code == (200 if edits else 403)
    for act in ("rotate_key", "rotate_secret"):
        answer = client.post(reverse(f"directory:{act}", args=[ClientFactory().slug]))
        assert answer.status_code == (200 if edits else 403)


@pytest.mark.parametrize("clients", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client, keeper, clients, django_assert_num_queries
):
    for row in ClientFactory.create_batch(clients, uses=[SystemFactory()]):
        ContactFactory(client=row)
    with django_assert_num_queries(9 + side_bar.CLIENT_SERVICES):
        client.get(reverse("directory:clients"))


def test_a_client_that_cannot_be_told_for_sure_is_to_be_looked_at(client, keeper):
    told = ClientFactory()
    ContactFactory(client=told), ContactFactory(client=told, is_person=True)
    bounced = ClientFactory(name="B")
    ContactFactory(client=bounced, bounced_at=datetime(2026, 11, 1, tzinfo=UTC))
    ContactFactory(client=bounced)
    lonely = ClientFactory(name="L")
    answer = client.get(reverse("directory:clients"), {"view": "attention"})
    assert list(answer.context["page"]) == [bounced, lonely]


def test_the_list_is_filtered_by_system_and_words(client, keeper):
    copperline = ClientFactory(name="Copperline", uses=[SystemFactory(code="PACS")])
    ClientFactory(name="Copperline Two", uses=[SystemFactory()])
    ClientFactory(name="Other", uses=[SystemFactory(code="PACS")])
    answer = client.get(reverse("directory:clients"), {"q": "copper", "system": "PACS"})
    assert list(answer.context["page"]) == [copperline]


@pytest.mark.parametrize("words", ["copper alex", "ALEX@copper", "copperline ris"])
def test_each_word_is_found_in_the_name_a_contact_its_address_or_a_system(client, keeper, words):
    copperline = ClientFactory(name="Copperline", uses=[SystemFactory()])
    ContactFactory.create_batch(2, client=copperline, name="Alex Kim")
    ContactFactory(client=copperline, name="Desk", address="alex@copperline.example")
    ClientFactory(name="Copper Two", uses=[SystemFactory(code="PACS")])
    answer = client.get(reverse("directory:clients"), {"q": words})
    assert list(answer.context["page"]) == [copperline]


def test_the_webhook_secret_is_shown_once_and_by_no_other_page(client, keeper):
    row = ClientFactory(oms_webhook_url="https://oms.client.example/hook")
    assert "has no secret yet" in client.get(reverse("directory:client", args=[row.slug])).text
    answer = client.post(reverse("directory:rotate_secret", args=[row.slug]))
    row.refresh_from_db()
    assert answer.context["secret"] == row.oms_webhook_secret
    pages = [
        client.get(reverse("directory:client", args=[row.slug])).text,
        client.post(reverse("directory:rotate_key", args=[row.slug])).text,
        client.get(f"/api/v1/clients/{row.slug}/").text,
    ]
    assert [row.oms_webhook_secret in page for page in pages] == [False, False, False]


def test_a_client_is_added_with_what_it_uses(client, keeper):
    ris = SystemFactory()
    answer = client.post(reverse("directory:new_client"), {**TYPED, "systems": [ris.pk]})
    added = Client.objects.get(name="Juniper Valley")
    assert (answer.url, list(added.systems.all())) == ("/clients/juniper-valley/", [ris])


def test_two_clients_of_one_name_are_refused_and_nothing_is_lost(client, keeper):
    ClientFactory(name="juniper valley")
    answer = client.post(reverse("directory:new_client"), {**TYPED, "contract_lead_days": "many"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["contract_lead_days"])
    assert 'value="many"' in answer.text
    answer = client.post(reverse("directory:new_client"), TYPED)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["name"])


def test_an_edit_of_an_older_version_is_refused(client, keeper):
    row = ClientFactory(name="Juniper Valley", version=3)
    answer = client.post(reverse("directory:edit_client", args=[row.slug]), {**TYPED, "version": "2"})
    assert (answer.status_code, "Someone else saved this client" in answer.text) == (400, True)
    assert not Event.objects.about(row).exists()


def test_the_key_is_shown_once_and_stored_hashed(client, keeper):
    row = ClientFactory()
    answer = client.post(reverse("directory:rotate_key", args=[row.slug]))
    row.refresh_from_db()
    assert row.oms_key_digest == digest(answer.context["key"])
    assert answer.context["key"] not in client.get(reverse("directory:client", args=[row.slug])).text


def test_a_no_go_date_is_noted_and_taken_away(client, keeper):
    row = ClientFactory()
    client.post(reverse("directory:add_no_go", args=[row.slug]), {"on": "2026-12-09", "reason": "Go-live"})
    no_go = NoGoDate.objects.get()
    assert "Wed 9 Dec 2026" in client.get(reverse("directory:client", args=[row.slug])).text
    client.post(reverse("directory:remove_no_go", args=[no_go.pk]))
    assert not NoGoDate.objects.exists()


def test_a_no_go_date_without_a_reason_is_the_same_page_with_400(client, keeper):
    answer = client.post(reverse("directory:add_no_go", args=[ClientFactory().slug]), {"on": "soon"})
    assert (answer.status_code, set(answer.context["no_go"].errors)) == (400, {"on", "reason"})


def test_the_page_takes_fixed_queries_whatever_the_number_of_contacts(
    client, keeper, django_assert_num_queries
):
    row = ClientFactory(uses=[SystemFactory()])
    ContactFactory.create_batch(3, client=row)
    with django_assert_num_queries(8 + side_bar.CLIENT_SERVICES):
        client.get(reverse("directory:client", args=[row.slug]))
