"""Attachments at the door: what a browser sends, and what it gets back."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from changes.actions import attaching
from changes.models import Attachment
from tests.factories.changes import AT, a_draft
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def send(client, change, content=b"words", name="test.log"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("changes:attach", args=[change.reference]), {"file": file})


def an_attachment(change=None, *, by=None, name="test.log", content=b"words"):
    file = ContentFile(content, name=name)
    return attaching.attach(change or a_draft(), file, by=by or PersonFactory(), at=AT)


def remove(client, attachment):
    return client.post(reverse("changes:remove_attachment", args=[attachment.pk])).status_code


def test_a_file_is_attached_and_listed(client, person):
    change = a_draft()
    there = send(client, change, name="rück 🚒.log").url
    page = client.get(there).content.decode()
    assert ("rück 🚒.log" in page, "5\xa0bytes" in page) == (True, True)


def test_a_page_named_png_is_refused_beside_the_field(client, person):
    response = send(client, a_draft(), b"<!doctype html><script>alert(1)</script>", "plan.png")
    assert (response.status_code, list(response.context["form"].errors)) == (400, ["file"])
    assert b"is a web page" in response.content


def test_nothing_chosen_is_said_beside_the_field(client, person):
    response = client.post(reverse("changes:attach", args=[a_draft().reference]))
    assert (response.status_code, response.context["form"].errors["file"]) == (400, ["Choose a file."])


@pytest.mark.parametrize("with_token", [True, False])
def test_thirty_megabytes_are_answered_with_the_form(person, with_token):
    client = Client(enforce_csrf_checks=with_token)
    client.force_login(person)
    change = a_draft()
    url = reverse("changes:attach", args=[change.reference])
    client.get(url)
    token = client.cookies["csrftoken"].value if with_token else ""
    file = SimpleUploadedFile("disk.zip", b"PK\x03\x04" + b"x" * (30 * MEGABYTE))
    response = client.post(url, {"csrfmiddlewaretoken": token, "file": file})
    assert (response.status_code, Attachment.objects.count()) == (413, 0)
    assert response.context["form"].errors["file"] == [
        "This file is larger than 10 MB. Attach a smaller one, or a part of it."
    ]


def test_what_looks_like_a_patients_number_is_attached_and_warned_of(client, person):
    page = client.get(send(client, a_draft(), b"MRN 00123456").url)
    assert [str(message) for message in page.context["messages"]] == [
        "“test.log” seems to hold a medical record number. If that is a patient’s, remove it now."
    ]


def test_a_download_is_saved_and_never_shown(client, person):
    kept = an_attachment(name='a"b\u202e; é.log')
    response = client.get(reverse("changes:attachment", args=[kept.pk]))
    wanted = ("Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options", "Content-Type")
    assert [response[header] for header in wanted] == [
        "attachment; filename*=utf-8''a%22b%3B%20%C3%A9.log",
        "sandbox; default-src 'none'",
        "nosniff",
        "text/plain; charset=utf-8",
    ]
    assert response.content == b"words"


def test_everybody_signed_in_downloads_and_nobody_else(client):
    url = reverse("changes:attachment", args=[an_attachment().pk])
    stranger = client.get(url).status_code
    statuses = set()
    for person in one_of_each_role().values():
        client.force_login(person)
        statuses.add(client.get(url).status_code)
    assert (stranger, statuses) == (302, {200})


def test_only_who_attached_it_and_the_requester_remove_it(client):
    requester, uploader = PersonFactory(), PersonFactory()
    for person, status in [
        *((each, 403) for each in one_of_each_role().values()),
        (requester, 302),
        (uploader, 302),
    ]:
        kept = an_attachment(a_draft(by=requester), by=uploader)
        client.force_login(person)
        assert (remove(client, kept), Attachment.objects.filter(pk=kept.pk).exists()) == (
            status,
            status == 403,
        )


def test_removing_takes_a_post(client, person):
    kept = an_attachment(by=person)
    assert client.get(reverse("changes:remove_attachment", args=[kept.pk])).status_code == 405


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_never_loads_the_bytes_and_asks_once(client, person, files, django_assert_num_queries):
    change = a_draft()
    for number in range(files):
        an_attachment(change, content=b"words %d" % number)
    from changes.queries.attachments import attachments

    with django_assert_num_queries(1):
        assert len(attachments(change, person=person)) == files
