import pytest
from django.urls import reverse

from changes.actions import saving
from changes.models import SavedView
from tests.factories.changes import AT
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
SAVE = "/changes/saved-views/"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def a_view(by, **given):
    return saving.save("view=open&risk=high", **{"name": "High risk", "by": by, "at": AT, **given})


def tabs(client):
    return [view.name for view in client.get("/changes/").context["saved"]]


def test_the_filters_of_the_address_become_a_tab(client, person):
    response = client.post(f"{SAVE}?risk=high&view=open&page=3&nonsense=1", {"name": "High risk"})
    page = client.get(response.url)
    assert (response.url, page.context["here"].name) == ("/changes/?view=open&risk=high", "High risk")


def test_a_name_that_is_taken_is_said_beside_the_field_and_kept(client, person):
    a_view(person)
    response = client.post(f"{SAVE}?view=mine", {"name": "High risk", "is_shared": "on"})
    form = response.context["form"]
    kept = (form["name"].value(), form["is_shared"].value())
    assert (response.status_code, list(form.errors), kept) == (400, ["name"], ("High risk", True))


@pytest.mark.parametrize("name", ["", "x" * 41, "a\x00b"])
def test_a_faulty_name_saves_nothing(client, person, name):
    assert (client.post(SAVE, {"name": name}).status_code, SavedView.objects.count()) == (400, 0)


def test_each_sees_their_own_tabs_and_those_that_are_shared(client, person):
    a_view(person, name="Mine alone")
    a_view(PersonFactory(), name="Not shared")
    a_view(PersonFactory(), name="For all", is_shared=True)
    assert tabs(client) == ["Mine alone", "For all"]


def test_a_view_is_renamed_and_removed_by_its_owner(client, person):
    view = a_view(person)
    client.post(reverse("changes:edit_view", args=[view.pk]), {"name": "Hot"})
    renamed = tabs(client)
    client.post(reverse("changes:remove_view", args=[view.pk]))
    assert (renamed, tabs(client)) == (["Hot"], [])


@pytest.mark.parametrize("act", ["edit_view", "remove_view"])
def test_only_its_owner_and_an_administrator_change_a_view(client, act):
    owner = PersonFactory()
    allowed = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        view = a_view(owner)
        if client.post(reverse(f"changes:{act}", args=[view.pk]), {"name": "Hot"}).status_code != 403:
            allowed.append(role)
        SavedView.objects.all().delete()
    assert allowed == ["administrator"]


def test_a_name_is_shown_as_text(client, person):
    a_view(person, name="<b>bold</b>")
    assert b"&lt;b&gt;bold&lt;/b&gt;" in client.get("/changes/").content
