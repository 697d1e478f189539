"""The evidence of a window: each reader with the server's words, every act by name, and the chain that proves it."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from notifications.actions import holding, showing, ticking
from notifications.domain import chain
from notifications.domain.chain import Link
from notifications.domain.display import Phase
from notifications.models import Attempt, Delivery, Seal
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
PAGE = "/notices/RIS-2026-12/evidence"


@pytest.fixture
def kim(client):
    person = PersonFactory(client_services=True, username="kim", first_name="Kim", last_name="Services")
    client.force_login(person)
    return person


@pytest.fixture
def told(desk, juniper, window, mailbox, kim, time_machine):
    """One reader told, one refused and waived by Kim, an hour later."""
    other = ContactFactory(client=juniper, name="Help desk", address="help@juniper.example")
    mailbox.refusals[other.address] = ["550 5.1.1 no such user"]
    ticking.tick(now=TWO_WEEKS)
    failed = Delivery.objects.get(state="failed")
    holding.waive(failed, reason="The site is closed", by=kim, at=TWO_WEEKS + timedelta(minutes=20))
    time_machine.move_to(TWO_WEEKS + timedelta(hours=1), tick=False)
    return window


def test_who_was_told_what_when_and_by_what_answer_stands_on_one_page(client, told):
    page = client.get(f"{PAGE}/")
    [readers] = page.context["found"].readers
    by_state = {line.delivery.state: line for line in readers.lines if line.delivery.state != "planned"}
    assert readers.name == "Juniper Valley Medical Center"
    assert by_state["accepted"].delivery.server_answer.startswith("250")
    assert by_state["waived"].attempts[0].answer.startswith("550 5.1.1")
    assert [(act.by, act.words) for act in by_state["waived"].acts] == [
        (
            "K. Services",
            "Notice waived: two weeks to Help desk, Juniper Valley Medical Center. The site is closed",
        )
    ]


def test_what_was_promised_stands_in_the_order_in_which_a_reader_is_told(client, told):
    promised = client.get(f"{PAGE}/").context["found"].promised
    clients = [
        (each.said.milestone, each.said.time) for each in promised if each.heading == "Clients, every window"
    ]
    assert clients == [
        ("Two weeks", "14 days before, 09:00"),
        ("Day before", "the day before, 09:00"),
        ("Starting", "60 minutes before the start"),
        ("Under way", "at the start"),
        ("Extended", "when it runs over"),
        ("Done", "after verifying"),
    ]


def test_the_figures_count_each_notice_once(client, told):
    [two_weeks, *_] = client.get(f"{PAGE}/").context["found"].totals
    assert (two_weeks.owed, two_weeks.told, two_weeks.waived, two_weeks.failed) == (2, 1, 1, 0)


def test_what_is_younger_than_a_round_is_sealed_before_it_is_shown(client, told):
    assert Seal.objects.filter(window=told).count() == 2
    found = client.get(f"{PAGE}/").context["found"]
    assert (found.checked.links, found.checked.faults) == (3, ())
    assert found.checked.head == Seal.objects.head().digest


def test_a_ledger_that_was_tampered_with_is_loud_on_the_page(client, told):
    client.get(f"{PAGE}/")
    Attempt.objects.filter(outcome="permanent").update(outcome="accepted")
    assert "The proof is not what was sealed" in client.get(f"{PAGE}/").content.decode()


def test_the_file_holds_every_link_so_that_anybody_can_work_the_digests_out(client, told):
    found = json.loads(client.get(f"{PAGE}.json").content)
    links = [(Link(*(each[name] for name in Link._fields)), each["digest"]) for each in found["links"]]
    assert len(links) == 3
    assert all(chain.digest(link) == digest for link, digest in links)
    assert (found["is_whole"], found["head"]["digest"]) == (True, links[-1][1])


def test_the_table_has_a_line_for_each_answer_and_act_and_no_formula(client, told, kim):
    waived = Delivery.objects.get(state="waived")
    Delivery.objects.filter(pk=waived.pk).update(state="failed")
    holding.waive(waived, reason="=HYPERLINK(1)", by=kim, at=TWO_WEEKS)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}.csv").content.decode())))
    *answers, first, second = rows
    assert {row["outcome"]: row["address"] for row in answers} == {
        "accepted": "pacs@juniper.example",
        "permanent": "help@juniper.example",
    }
    assert (first["answer"], second["answer"]) == ("The site is closed", "'=HYPERLINK(1)")


def test_what_the_order_system_showed_stands_beside_the_client(client, told, juniper, order_system):
    ticking.tick(now=TWO_WEEKS + timedelta(hours=1))
    report = {"window": told.reference, "phase": Phase.STARTING, "sequence": 0, "actor": "Desk 3"}
    showing.shown(juniper, **report, at=told.starts_at)
    [readers] = client.get(f"{PAGE}/").context["found"].readers
    assert [(shown.phase, shown.actor) for shown in readers.shown] == [("starting", "Desk 3")]


@pytest.mark.parametrize("clients", [1, 3])
def test_it_costs_the_same_queries_for_one_client_and_three(
    client, told, ris, clients, django_assert_num_queries
):
    for n in range(clients - 1):
        ContactFactory(client=ClientFactory(uses=[ris], slug=f"more-{n}"))
    ticking.tick(now=TWO_WEEKS + timedelta(hours=1))
    client.get(f"{PAGE}/")
    with django_assert_num_queries(42):
        client.get(f"{PAGE}/")
