"""What a change on a lower floor means for notices stands beside it, before it is saved."""

from datetime import UTC, datetime

import pytest

from changeboard.directory.actions import importing
from changeboard.directory.models import Client
from tests.factories.maintenance import CadenceFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def admin(client, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False)
    person = PersonFactory(administrator=True)
    client.force_login(person)
    return person


def typed(juniper: Client, **changed: object) -> dict[str, object]:
    usual = {
        "name": juniper.name,
        "time_zone": juniper.time_zone,
        "locale": "en-US",
        "version": 0,
        "active": "on",
    }
    systems = [system.pk for system in juniper.systems.all()]
    return {**usual, "systems": systems, "look": "1", **changed}


def test_a_client_is_looked_at_and_not_saved(client, juniper, desk, window):
    page = client.post(
        f"/clients/{juniper.slug}/edit/", typed(juniper, contract_lead_days=30, name="Juniper")
    )
    assert "<b>0</b> more, <b>0</b> fewer, <b>1</b> at another time" in page.content.decode()
    juniper.refresh_from_db()
    assert (juniper.contract_lead_days, juniper.name) == (None, "Juniper Valley Medical Center")


def test_a_client_no_more_is_told_so_many_fewer(client, juniper, desk, window):
    page = client.post(f"/clients/{juniper.slug}/edit/", typed(juniper, active=""))
    assert "<b>2</b> fewer" in page.content.decode()


def test_what_is_not_complete_yet_is_no_fault(client, juniper):
    page = client.post(f"/clients/{juniper.slug}/edit/", typed(juniper, contract_lead_days="many"))
    assert (page.status_code, "fewer or at another time" in page.content.decode()) == (200, True)


def test_the_page_of_a_contact_says_what_retiring_it_means(client, juniper, desk, window):
    page = client.get(f"/contacts/{desk.pk}/").content.decode()
    assert "They would hear nothing before the window starts" in page
    assert juniper.name in page.split("They would hear nothing")[1]


def test_a_new_contact_is_so_many_more(client, juniper, desk, window):
    fields = {"name": "Night desk", "role": "other", "channel": "email", "address": "n@juniper.example"}
    page = client.post(f"/clients/{juniper.slug}/contacts/new/", {**fields, "language": "en", "look": "1"})
    assert "<b>2</b> more" in page.content.decode()
    assert juniper.contacts.count() == 1


def test_a_cadence_that_only_makes_windows_is_looked_at_first(client, ris, desk):
    cadence = CadenceFactory(system=ris)
    fields = {
        "how": "month", "place": "2", "weekday": "1", "every": "1", "begins_on": "2026-01-01",
        "start_time": cadence.start_time, "length_seconds": "15", "budget_seconds": "15",
        "time_zone": cadence.time_zone, "reason": "Earlier in the month", "save": "1",
    }  # fmt: skip
    page = client.post("/cadence/RIS/", fields)
    assert page.status_code == 200
    assert "What it changes for notices" in page.content.decode()
    shown = page.context["found"]
    assert (
        client.post("/cadence/RIS/", {**fields, "confirm": "1", "seen": shown.fingerprint}).status_code == 302
    )


def test_a_file_of_clients_says_what_it_changes_for_notices(client, admin, juniper, desk, window):
    text = (
        "Client;Systems;Days by contract;Contact;Address;Told now\r\n"
        "Juniper Valley Medical Center;RIS;30;PACS desk;pacs@juniper.example;yes\r\n"
        "Harbor Clinic;RIS;;Reading room;read@harbor.example;yes\r\n"
    )
    upload = importing.upload(name="clients.csv", data=text.encode(), by=admin, at=window.starts_at)
    preview = client.get(f"/clients/import/{upload.pk}/").content.decode()
    address = f"/clients/import/{upload.pk}/notices/"
    assert f'hx-get="{address}"' in preview
    page = client.get(address).content.decode()
    assert "<b>2</b> more, <b>0</b> fewer, <b>1</b> at another time" in page
    assert Client.objects.count() == 1
