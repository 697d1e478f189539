"""Help, the component sheet and the find field."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from changeboard import components, find
from tests.factories.directory import ClientFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_help_says_what_each_role_may_do(client):
    client.force_login(PersonFactory())
    answer = client.get(reverse("help"))
    assert (answer.status_code, 'id="roles"' in answer.text) == (200, True)


def test_the_component_sheet_draws_every_part():
    request = RequestFactory().get("/components/")
    request.user = PersonFactory()
    answer = components.components(request)
    assert answer.status_code == 200


def test_a_client_s_name_leads_to_the_client():
    client = ClientFactory(name="Copperline Health")
    assert find.place("copperline") == reverse("directory:client", args=[client.slug])


def test_a_name_of_several_leads_to_their_list():
    ClientFactory(name="Copperline Health")
    ClientFactory(name="Copperline Imaging")
    assert find.place("Copperline") == "/clients/?q=Copperline"
