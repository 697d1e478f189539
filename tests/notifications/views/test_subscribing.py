"""Subscribing on the public page: the same answer to everybody, a link that confirms, one click that ends it."""

from datetime import timedelta

import pytest
import time_machine

from notifications.actions import subscribing
from notifications.models import Subscriber, SubscriberMail
from notifications.queries import subscriber_links as links
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
ASK, ADDRESS = "/maintenance/subscribe/", "reader@hospital.example"


@pytest.fixture(autouse=True)
def at_ten(db):
    with time_machine.travel(NOW, tick=False):
        yield


def ask(client, address=ADDRESS, **more):
    return client.post(ASK, {"address": address, "time_zone": "America/Denver", **more})


@pytest.fixture
def reader(client):
    ask(client)
    return Subscriber.objects.get()


def test_the_answer_is_the_same_whether_the_address_was_known_or_not(client, reader):
    subscribing.confirm(reader, at=NOW)
    known, unknown = ask(client), ask(client, "other@hospital.example")
    assert known.content.replace(ADDRESS.encode(), b"") == unknown.content.replace(
        b"other@hospital.example", b""
    )


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(client):
    page = client.post(ASK, {"address": "nobody", "time_zone": "Moon/Base"})
    assert (page.status_code, sorted(page.context["form"].errors)) == (400, ["address", "time_zone"])
    assert b'value="nobody"' in page.content
    assert Subscriber.objects.count() == 0


def test_a_program_that_fills_in_every_field_is_answered_and_nothing_is_written(client):
    assert (ask(client, website="http://spam.example").status_code, Subscriber.objects.count()) == (200, 0)


def test_two_clicks_send_one_link(client, reader):
    ask(client)
    assert SubscriberMail.objects.count() == 1


def test_an_address_is_written_to_four_times_a_day_at_most_and_nobody_is_told(client):
    statuses = []
    for minutes in range(0, 75, 15):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            statuses.append(ask(client).status_code)
    assert (statuses, SubscriberMail.objects.count()) == ([200] * 5, 4)


def test_a_network_that_asks_for_many_is_told_to_wait(client):
    statuses = [ask(client, f"reader{number}@hospital.example").status_code for number in range(21)]
    assert (statuses[19], statuses[20], Subscriber.objects.count()) == (200, 429, 20)


def test_a_scanner_that_follows_the_link_confirms_nothing_and_a_post_does(client, reader):
    path = links.confirm_path(reader)
    client.get(path)
    client.head(path)
    assert Subscriber.objects.get().is_told is False
    assert (client.post(path).status_code, Subscriber.objects.get().is_told) == (200, True)


def test_a_link_is_good_for_three_days(client, reader):
    path = links.confirm_path(reader)
    with time_machine.travel(NOW + timedelta(days=3, seconds=1), tick=False):
        assert (client.post(path).status_code, Subscriber.objects.get().is_told) == (410, False)


def test_a_link_of_an_earlier_asking_opens_nothing(client, reader):
    path = links.confirm_path(reader)
    subscribing.ask(address=ADDRESS, time_zone="UTC", systems=[], at=NOW + timedelta(hours=1))
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("path", ["confirm/{}/", "leave/{}/", "{}/"])
def test_a_guessed_word_opens_nothing(client, reader, path):
    assert client.post(f"{ASK}{reader.pk}/{path.format('0' * 32)}").status_code == 404


def test_leaving_is_one_post_from_nowhere_and_a_link_alone_does_nothing(client, reader):
    subscribing.confirm(reader, at=NOW)
    path = links.leave_path(reader)
    client.get(path)
    assert Subscriber.objects.get().is_told is True
    client.handler.enforce_csrf_checks = True
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (client.post(path).status_code, Subscriber.objects.get().is_told) == (200, False)


def test_a_subscriber_chooses_systems_and_clock(client, reader):
    subscribing.confirm(reader, at=NOW)
    ris, _ = SystemFactory(code="RIS"), SystemFactory(code="PACS")
    client.post(links.choose_path(reader), {"systems": [ris.pk], "time_zone": "Asia/Tokyo"})
    reader.refresh_from_db()
    assert ([system.code for system in reader.systems.all()], reader.time_zone) == (["RIS"], "Asia/Tokyo")


def test_all_systems_are_those_that_come_later_too(client):
    ris = SystemFactory(code="RIS")
    ask(client, systems=[ris.pk])
    assert Subscriber.objects.get().systems.count() == 0


def test_these_pages_stand_in_no_search_engine_and_tell_their_address_to_nobody(client, reader):
    answer = client.get(links.leave_path(reader))
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert "no-store" in answer["Cache-Control"]


def test_client_services_see_who_follows_and_which_mail_failed(client):
    client.force_login(PersonFactory(client_services=True))
    for address in ("a@one.example", "b@two.example"):
        subscribing.ask(address=address, time_zone="UTC", systems=[], at=NOW)
    subscribing.confirm(Subscriber.objects.get(address="a@one.example"), at=NOW)
    SubscriberMail.objects.filter(subscriber__address="b@two.example").update(
        state="failed", server_answer="550 no such mailbox"
    )
    page = client.get("/notices/")
    found = page.context["board"].followers
    assert (found.told, found.unconfirmed, [str(each.subscriber) for each in found.failed]) == (
        1, 1, ["b@two.example"],
    )  # fmt: skip
    assert b"550 no such mailbox" in page.content
