import pytest
from django.urls import reverse

from changeboard.people.models import Person, Role
from tests import side_bar
from tests.factories.people import GroupFactory, PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
TYPED = {
    "username": "nina",
    "first_name": "Nina",
    "last_name": "Net",
    "email": "nina@example.com",
    "time_zone": "America/Chicago",
    "roles": ["engineer", "chair"],
}


@pytest.fixture
def administrator(client):
    person = PersonFactory(administrator=True)
    client.force_login(person)
    return person


@pytest.mark.parametrize("role", Role.values)
def test_only_administrators_see_people(client, role):
    client.force_login(one_of_each_role()[role])
    assert client.get(reverse("people:list")).status_code == (200 if role == "administrator" else 403)


@pytest.mark.parametrize("persons", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client, administrator, persons, django_assert_num_queries
):
    PersonFactory.create_batch(persons, group=GroupFactory())
    with django_assert_num_queries(4 + side_bar.ADMINISTRATOR):
        answer = client.get(reverse("people:list"))
    assert len(answer.context["page"].object_list) == persons + 1


def test_people_are_found_by_words_and_role(client, administrator):
    nora = PersonFactory(last_name="Zimmer", chair=True)
    PersonFactory(last_name="Zimmer")
    answer = client.get(reverse("people:list"), {"q": "zimm", "role": "chair"})
    assert list(answer.context["page"]) == [nora]


def test_a_new_person_gets_a_password_to_start_with(client, administrator):
    answer = client.post(reverse("people:new"), TYPED)
    nina = Person.objects.get(username="nina")
    assert nina.check_password(answer.context["password"])
    assert (answer.status_code, nina.roles) == (200, ["chair", "engineer"])


def test_a_taken_user_name_is_refused_beside_its_field(client, administrator):
    PersonFactory(username="nina")
    answer = client.post(reverse("people:new"), TYPED)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["username"])


def test_roles_are_given_and_taken(client, administrator):
    person = PersonFactory()
    client.post(reverse("people:person", args=[person.pk]), {"roles": ["board_member"]})
    person.refresh_from_db()
    assert person.roles == ["board_member"]


def test_the_last_administrator_is_told_why_they_stay_one(client, administrator):
    answer = client.post(reverse("people:person", args=[administrator.pk]), {})
    assert (answer.status_code, "the last administrator" in answer.text) == (400, True)


def test_a_person_is_shut_out_and_let_in_again(client, administrator):
    person = PersonFactory()
    for active, expected in (("no", False), ("yes", True)):
        client.post(reverse("people:set_active", args=[person.pk]), {"active": active})
        person.refresh_from_db()
        assert person.is_active is expected


def test_the_last_administrator_cannot_be_shut_out(client, administrator):
    answer = client.post(reverse("people:set_active", args=[administrator.pk]), {"active": "no"})
    assert (answer.status_code, "Nothing was changed" in answer.text) == (400, True)


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("engineer", 403)])
def test_the_hatch_opens_for_administrators_only(client, role, status):
    client.force_login(PersonFactory(roles=[role]))
    assert client.get("/admin/", follow=True).status_code == status


@pytest.mark.parametrize("model", ["people/person", "people/group", "directory/client", "directory/contact"])
def test_the_hatch_shows_reference_data(client, administrator, model):
    assert client.get(f"/admin/{model}/").status_code == 200


def test_a_lost_password_is_replaced_and_shown_once(client, administrator):
    person = PersonFactory()
    answer = client.post(reverse("people:give_password", args=[person.pk]))
    person.refresh_from_db()
    assert person.check_password(answer.context["password"])
