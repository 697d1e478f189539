import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from changeboard.directory.models import Client
from changeboard.people.gate import may, open_door
from tests.factories.directory import ClientFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@may("directory.edit_clients", on=Client)
def view(request, client, panel=""):
    return HttpResponse(client.name + panel)


def visit(person, **parts):
    request = RequestFactory().get("/clients/x/")
    request.user = person
    return view(request, **parts)


def test_who_holds_the_right_gets_the_row_the_address_names():
    client = ClientFactory()
    assert visit(PersonFactory(client_services=True), slug=client.slug).content.decode() == client.name


def test_who_lacks_the_right_is_refused():
    with pytest.raises(PermissionDenied):
        visit(PersonFactory(), slug=ClientFactory().slug)


def test_a_row_that_is_not_there_is_not_found(client):
    from django.http import Http404

    with pytest.raises(Http404):
        visit(PersonFactory(client_services=True), slug="nowhere")


def test_somebody_who_left_is_refused_whatever_their_roles():
    with pytest.raises(PermissionDenied):
        visit(PersonFactory(client_services=True, is_active=False), slug=ClientFactory().slug)


def test_a_door_names_its_lock():
    assert view.gate == "directory.edit_clients"
    assert open_door(lambda request: None).gate == "open"
