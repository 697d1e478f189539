"""What a search reads, and that it costs the same for any number of clients and windows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from changeboard.directory.models import NoGoDate
from maintenance.actions import volumes
from maintenance.queries import lists
from maintenance.queries.slot_lines import Lines
from maintenance.queries.slots import Question, answer
from tests.factories.directory import ClientFactory, ServiceFactory, SystemFactory
from tests.factories.maintenance import NOW, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory
from tests.maintenance.domain.week_file import week_file
from tests.maintenance.domain.wishes import wish

pytestmark = pytest.mark.django_db
QUERIES = 9
MONDAY = date(2026, 12, 14)


def wanted(**given):
    usual = {"system_ids": (SystemFactory().pk,), "first": MONDAY, "last": MONDAY + timedelta(days=4)}
    return Question(wish(**usual | given))


def lines(question):
    return Lines(answer(question, now=NOW), lists.systems())


def loaded(text):
    by = PersonFactory(release=True)
    volumes.load(volumes.check(text.encode(), name="x.csv", by=by, at=NOW), by=by, at=NOW)


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number_of_clients_and_windows(rows, django_assert_num_queries):
    loaded(week_file())
    for number in range(rows):
        client = ClientFactory(uses=[SystemFactory()])
        NoGoDate.objects.create(client=client, on=MONDAY, reason="Go-live")
        WindowFactory(on=MONDAY + timedelta(days=number), reference=f"RIS-2026-12{'abc'[number]}")
    question = wanted()
    with django_assert_num_queries(QUERIES):
        answer(question, now=NOW)


def test_each_reason_stands_on_a_line_of_its_own():
    loaded(week_file())
    client = ClientFactory(name="Copperline Health", uses=[SystemFactory()], contract_lead_days=21)
    NoGoDate.objects.create(client=client, on=MONDAY, reason="Go-live")
    WindowFactory(system=SystemFactory(code="Biz"), on=MONDAY + timedelta(days=1), budget_seconds=0)
    (worst,) = [line for line in lines(wanted()).slots if line.slot.on == MONDAY]
    assert [said.text for said in worst.said] == [
        "Hits 2.5 orders: 10 an hour, 100 % of the week’s busiest hour.",
        "A no-go date of Copperline Health.",
        "1 day before Biz-2026-12.",
        "Short notice: sooner than six months ahead.",
        "9 other starts are free that day.",
    ]


def test_a_window_with_room_is_offered_and_one_that_is_frozen_says_so():
    WindowFactory(on=MONDAY)
    WindowFactory(on=MONDAY + timedelta(days=3), reference="RIS-2026-12b")
    FreezeFactory(starts_at=NOW + timedelta(days=23), ends_at=NOW + timedelta(days=30))
    found = lines(wanted())
    assert ([line.reference for line in found.fitting], [line.reference for line in found.full]) == (
        ["RIS-2026-12"], ["RIS-2026-12b"],
    )  # fmt: skip


def test_a_window_whose_budget_is_too_small_says_by_how_much():
    WindowFactory(on=MONDAY, budget_seconds=300)
    found = lines(wanted(planned_seconds=900))
    assert [line.said[0].text for line in found.full] == ["Over budget by 10:00 min with this on board."]


def test_what_stood_against_the_other_days_is_counted():
    WindowFactory(system=SystemFactory(code="Biz"), on=MONDAY)
    FreezeFactory(starts_at=NOW + timedelta(days=23), ends_at=NOW + timedelta(days=30))
    found = lines(wanted())
    assert [(stood.days, stood.text) for stood in found.against] == [
        (2, "frozen: Holiday peak"), (1, "taken by Biz"),
    ]  # fmt: skip


def test_a_service_beside_the_system_brings_its_clients_in():
    client, service = ClientFactory(name="Uses the service alone"), ServiceFactory()
    client.services.add(service)
    asked = [wanted(), replace(wanted(), services=(service.pk,))]
    assert [list(answer(each, now=NOW).names) for each in asked] == [[], ["Uses the service alone"]]


def test_a_client_with_figures_of_its_own_counts_by_them():
    ClientFactory(name="Copperline Health", uses=[SystemFactory()], time_zone="America/Denver")
    ClientFactory(uses=[SystemFactory()])
    own = "".join(f"{line},Copperline Health\n" for line in week_file(orders="2").splitlines()[1:])
    loaded(week_file(orders="10"))
    loaded("weekday,hour,orders,client\n" + own)
    found = lines(wanted(length_seconds=3600, worst_seconds=3600))
    assert (found.slots[0].slot.orders, found.whose) == (
        7.0, "2 clients: 1 by their own figures, 1 by their share of the platform’s",
    )  # fmt: skip
