"""A client's own calendar: what concerns it, in its words, at an address that client services hand over."""

from datetime import date

import icalendar
import pytest
import time_machine

from changes.models import Change
from notifications.models import Words
from tests.factories.changes import a_sheet, an_approved
from tests.factories.directory import ClientFactory, ServiceFactory, SystemFactory
from tests.factories.maintenance import NOW, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_ten(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def services(client):
    person = PersonFactory(client_services=True)
    client.force_login(person)
    return person


@pytest.fixture
def address(client, services, juniper):
    return client.post(f"/clients/{juniper.slug}/calendar/make/").context["address"]


def events(client, address):
    return list(icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT"))


def test_it_has_the_windows_of_the_systems_that_the_client_uses_in_its_words(
    client, address, window, services
):
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    Words.objects.create(
        window=window, paragraph="New prints", written_by=services, written_at=NOW,
        signed_off_by=services, signed_off_at=NOW,
    )  # fmt: skip
    (event,) = events(client, address)
    assert (str(event["UID"]), str(event["X-MAINTNOTE-ACCOUNT"])) == (
        "ris-2026-12@127.0.0.1",
        "juniper-valley",
    )
    assert str(event["DESCRIPTION"]).splitlines()[1:] == [
        "New prints.",
        "For an urgent study, call the reading desk.",
    ]


def test_a_change_that_touches_a_service_of_the_client_makes_another_window_its_business(
    client, address, juniper
):
    vpn = ServiceFactory()
    juniper.services.add(vpn)
    window = WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    change = an_approved(a_sheet(systems=frozenset({window.system_id}), client_paragraph="Not signed"))
    Change.objects.filter(pk=change.pk).update(window=window, state="scheduled")
    (event,) = events(client, address)
    assert "Vpn tunnels: Degraded, up to 30 seconds." in str(event["DESCRIPTION"])
    assert "Not signed" not in str(event["DESCRIPTION"])


def test_an_address_made_anew_ends_the_old_one_and_ending_it_ends_both(client, address, juniper):
    new = client.post(f"/clients/{juniper.slug}/calendar/make/").context["address"]
    assert (client.get(address).status_code, client.get(new).status_code) == (404, 200)
    client.post(f"/clients/{juniper.slug}/calendar/end/")
    assert client.get(new).status_code == 404


def test_a_client_that_left_has_no_calendar(client, address, juniper):
    juniper.active = False
    juniper.save()
    assert client.get(address).status_code == 404


def test_what_has_not_changed_is_not_sent_again(client, address, window):
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert (first["Cache-Control"], first["X-Robots-Tag"]) == ("private, no-cache", "noindex, nofollow")


def test_who_does_not_speak_with_clients_makes_no_address(client, juniper):
    client.force_login(PersonFactory())
    assert client.post(f"/clients/{juniper.slug}/calendar/make/").status_code == 403


def test_the_database_is_asked_as_often_for_many_windows_as_for_one(
    client, address, window, django_assert_num_queries
):
    with django_assert_num_queries(7):
        client.get(address)
    WindowFactory(system=window.system, on=date(2027, 1, 19))
    WindowFactory(system=window.system, on=date(2027, 2, 16))
    ClientFactory()
    with django_assert_num_queries(7):
        client.get(address)
