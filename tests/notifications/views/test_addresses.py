from datetime import UTC, date, datetime

import pytest

from tests import side_bar
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.maintenance import WindowFactory
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
PAGE = "/notices/addresses/"
NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


def unconfirmed(row):
    return ContactFactory(client=row, confirmed_at=None)


@pytest.fixture
def kim(client):
    person = PersonFactory(client_services=True)
    client.force_login(person)
    return person


def test_what_the_next_window_needs_stands_first_and_what_bounced_before_what_is_new(
    client, kim, ris, juniper
):
    pacs = SystemFactory(code="PACS")
    WindowFactory(system=ris), WindowFactory(system=pacs, on=date(2026, 12, 9))
    new, fine = unconfirmed(juniper), ContactFactory(client=juniper)
    bounced = ContactFactory(client=juniper, bounced_at=NOW)
    sooner = unconfirmed(ClientFactory(uses=[ris, pacs]))
    idle = unconfirmed(ClientFactory(uses=[]))
    rows = client.get(PAGE).context["rows"]
    assert [row.contact for row in rows] == [sooner, bounced, new, idle]
    assert [row.window and row.window.reference for row in rows] == [
        "PACS-2026-12",
        "RIS-2026-12",
        "RIS-2026-12",
        None,
    ]
    assert fine not in [row.contact for row in rows]


def test_the_first_notice_is_due_as_the_contract_says(client, kim, ris, juniper):
    WindowFactory(system=ris)
    unconfirmed(juniper)
    juniper.contract_lead_days = 21
    juniper.save()
    assert client.get(PAGE).context["rows"][0].due_at == datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_client_services_find_it_in_their_work_before_it_matters(client, kim, ris, juniper):
    WindowFactory(system=ris)
    unconfirmed(juniper)
    assert "1 address to look at" in client.get("/").text


def test_a_call_confirms_with_a_note_and_not_without(client, kim, juniper):
    desk = unconfirmed(juniper)
    path = f"{PAGE}{desk.pk}/telephone/"
    typed = {"address": desk.address, "note": ""}
    assert client.post(path, typed).status_code == 400
    assert client.post(path, {**typed, "note": "Spoke to the lead"}).status_code == 302
    assert client.get(PAGE).context["rows"] == []


def test_a_call_about_an_address_that_was_changed_meanwhile_confirms_nothing(client, kim, juniper):
    desk = unconfirmed(juniper)
    answer = client.post(f"{PAGE}{desk.pk}/telephone/", {"address": "old@juniper.example", "note": "x"})
    desk.refresh_from_db()
    assert (answer.status_code, desk.confirmed_at) == (409, None)


def test_everybody_reads_the_list_and_client_services_act_on_it(client, desk):
    for role, person in one_of_each_role().items():
        client.force_login(person)
        acts = role in ("client_services", "administrator")
        assert client.get(PAGE).status_code == 200
        assert client.post(f"{PAGE}ask-all/").status_code == (302 if acts else 403)


@pytest.mark.parametrize("contacts", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client, kim, juniper, ris, contacts, django_assert_num_queries
):
    WindowFactory(system=ris)
    ContactFactory.create_batch(contacts, client=juniper, confirmed_at=None)
    with django_assert_num_queries(6 + side_bar.CLIENT_SERVICES + 3):
        client.get(PAGE)
