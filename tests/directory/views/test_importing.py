import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from changeboard.directory.models import Client, ClientImport, Contact
from changeboard.people.models import Role
from tests import side_bar
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
NEW = "/clients/import/"


@pytest.fixture
def keeper(client):
    person = PersonFactory(client_services=True)
    client.force_login(person)
    return person


def upload(client, text: str, name: str = "clients.csv"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, text.encode())}, follow=True)


@pytest.mark.parametrize("role", Role.values)
def test_everybody_exports_and_only_client_services_and_administrators_import(client, role):
    client.force_login(one_of_each_role()[role])
    edits = role in ("client_services", "administrator")
    assert client.get("/clients/export.csv").status_code == 200
    assert client.get(NEW).status_code == (200 if edits else 403)


def test_a_file_is_shown_first_and_written_when_confirmed(client, keeper):
    page = upload(client, "Client,Contact,Address\nTwo Rivers,Desk,desk@x.example\n")
    assert (Client.objects.count(), page.context["picture"].counts["new"]) == (0, 1)
    pk, digest = page.context["upload"].pk, page.context["picture"].digest
    done = client.post(f"/clients/import/{pk}/apply/", {"digest": digest}, follow=True)
    assert (done.status_code, Contact.objects.get().client.name) == (200, "Two Rivers")
    assert "clients.csv is imported" in done.text


def test_bad_lines_are_shown_stop_the_import_and_are_given_back_with_reasons(client, keeper):
    page = upload(client, 'Client,Time zone,Meanwhile\nA,Chicago,\nB,,"=1+1"\nC,,ok\n')
    pk, digest = page.context["upload"].pk, page.context["picture"].digest
    assert "Is America/Chicago meant?" in page.text
    refused = client.post(f"/clients/import/{pk}/apply/", {"digest": digest})
    assert (refused.status_code, "2 lines are bad" in refused.text, Client.objects.count()) == (400, True, 0)
    lines = (
        b"".join(client.get(f"/clients/import/{pk}/bad-lines.csv").streaming_content).decode().splitlines()
    )
    assert [lines[0], lines[1][:2], lines[2][-6:]] == [
        "\ufeffLine,Why,Client,Time zone,Meanwhile",
        "2,",
        ",'=1+1",
    ]
    client.post(f"/clients/import/{pk}/apply/", {"digest": digest, "without_bad": "on"})
    assert list(Client.objects.values_list("name", flat=True)) == ["C"]


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "This file is empty"), ("PK\x03\x04", "a workbook"), ("Name\nA\n", "No column is headed “Client”")],
)
def test_a_file_that_cannot_be_read_is_the_same_page_with_the_reason(client, keeper, text, why):
    page = upload(client, text)
    assert (page.status_code, why in page.text, ClientImport.objects.count()) == (400, True, 0)


def test_a_file_of_more_than_20_mb_is_refused_by_its_size(client, keeper):
    page = upload(client, "A" * (20 * 1024 * 1024 + 1))
    assert (page.status_code, "larger than 20 MB" in page.text) == (400, True)


def test_a_file_without_the_forms_own_word_is_refused(keeper):
    stranger = Browser(enforce_csrf_checks=True)
    stranger.force_login(keeper)
    answer = stranger.post(NEW, {"file": SimpleUploadedFile("a.csv", b"Client\nA\n")})
    assert (answer.status_code, ClientImport.objects.count()) == (403, 0)


def test_a_preview_after_a_change_says_what_changed(client, keeper):
    row = ClientFactory(name="A", meanwhile_phone="1")
    page = upload(client, "Client,Number to call\nA,2\n")
    pk, digest = page.context["upload"].pk, page.context["picture"].digest
    Client.objects.filter(pk=row.pk).update(meanwhile_phone="3")
    again = client.post(f"/clients/import/{pk}/apply/", {"digest": digest})
    assert (again.status_code, "since you looked, this changed: A" in again.text) == (409, True)
    assert "3</span>" in again.text


@pytest.mark.parametrize("lines", [1, 3])
def test_the_preview_takes_the_same_queries_for_one_line_and_three(
    client, keeper, lines, django_assert_num_queries
):
    for row in ClientFactory.create_batch(lines):
        ContactFactory(client=row)
    page = upload(client, "Client\n" + "".join(f"New {number}\n" for number in range(lines)))
    with django_assert_num_queries(9 + side_bar.CLIENT_SERVICES):
        client.get(f"/clients/import/{page.context['upload'].pk}/")
