import pytest
import time_machine
from django.urls import reverse

from changes.models import Substitute
from tests.factories.board import a_board, in_session
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
LIST, NAME = reverse("changes:substitutes"), reverse("changes:name_substitute")


@pytest.fixture(autouse=True)
def a_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


def typed(person):
    return {"person": person.pk, "from_on": "2026-11-17", "until_on": "2026-11-24"}


def test_a_member_names_a_substitute_and_everybody_reads_who_sits_in(client, members):
    person = PersonFactory(last_name="Standing")
    client.force_login(members[1])
    page = client.post(NAME, typed(person), follow=True).content.decode()
    assert f"{person} sits in for you" in page
    client.force_login(PersonFactory())
    assert (str(person) in client.get(LIST).content.decode()) is True
    assert f"{person} sits in until" in client.get(reverse("changes:board")).content.decode()


def test_the_workbench_shows_who_sits_in_and_for_whom_a_substitute_votes(client, members):
    person = PersonFactory(last_name="Standing")
    client.force_login(members[1])
    client.post(NAME, typed(person))
    item = in_session(a_submitted(), by=members[0], at=AT)
    client.force_login(person)
    page = client.get(item.meeting.get_absolute_url()).content.decode()
    assert (f"You vote for <b>{members[1]}</b>" in page, f"{person} sits in" in page) == (True, True)


def test_every_fault_stands_beside_its_field_and_nothing_is_written(client, members):
    client.force_login(members[1])
    page = client.post(NAME, typed(members[2]) | {"until_on": ""})
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["until_on"])
    page = client.post(NAME, typed(members[2]))
    assert (page.status_code, page.context["form"].errors) == (
        400,
        {"person": [f"{members[2]} has a seat of their own and one vote."]},
    )
    assert Substitute.objects.count() == 0


def test_only_whoever_has_a_seat_names_and_only_the_member_ends_it(client, members):
    statuses = set()
    for person in one_of_each_role().values():
        client.force_login(person)
        statuses.add(client.post(NAME, typed(PersonFactory())).status_code)
    row = Substitute.objects.create(
        member=members[1], person=PersonFactory(), from_on="2026-11-17", until_on="2026-11-24"
    )
    end = reverse("changes:end_substitute", args=[row.pk])
    for person in (members[2], row.person, members[1]):
        client.force_login(person)
        statuses.add((str(person), client.post(end).status_code))
    assert statuses == {403, (str(members[2]), 403), (str(row.person), 403), (str(members[1]), 302)}


def test_the_list_asks_the_same_number_of_queries_for_one_and_three(
    client, members, django_assert_num_queries
):
    client.force_login(members[0])
    for place in (1, 2, 3):
        row = {"from_on": "2026-11-17", "until_on": "2026-11-24"}
        Substitute.objects.create(member=members[place], person=PersonFactory(), **row)
        if place in (1, 3):
            client.get(LIST)
            with django_assert_num_queries(18):
                client.get(LIST)
