import pytest
from django.urls import reverse

from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora():
    person = PersonFactory(username="nora")
    person.set_password("changeboard")
    person.save()
    return person


def test_whoever_knows_the_password_is_let_in(client, nora):
    answer = client.post(reverse("people:sign_in"), {"username": "nora", "password": "changeboard"})
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(nora.pk))


def test_a_wrong_password_is_the_same_page_with_400(client, nora):
    answer = client.post(reverse("people:sign_in"), {"username": "nora", "password": "wrong"})
    assert (answer.status_code, "Not signed in" in answer.text, 'value="nora"' in answer.text) == (
        400,
        True,
        True,
    )


def test_too_many_wrong_passwords_lock_the_name_for_a_while(client, nora, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(reverse("people:sign_in"), {"username": "nora", "password": "wrong"})
    assert (answer.status_code, "tried again in 15 min" in answer.text) == (429, True)
    right = client.post(reverse("people:sign_in"), {"username": "nora", "password": "changeboard"})
    assert right.status_code == 429


def test_a_person_who_was_shut_out_is_not_let_in(client, nora):
    nora.is_active = False
    nora.save()
    answer = client.post(reverse("people:sign_in"), {"username": "nora", "password": "changeboard"})
    assert answer.status_code == 400


def test_a_page_leads_to_sign_in_and_back(client, nora):
    asked = client.get(reverse("directory:clients"))
    assert asked.url == "/sign-in/?next=/clients/"
    answer = client.post(asked.url, {"username": "nora", "password": "changeboard", "next": "/clients/"})
    assert answer.url == "/clients/"


def test_signing_out_takes_a_post(client, nora):
    client.force_login(nora)
    assert client.get(reverse("people:sign_out")).status_code == 405
    assert client.post(reverse("people:sign_out")).status_code == 302
    assert "_auth_user_id" not in client.session
