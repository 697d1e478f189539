"""What asks for an answer, and a hard freeze in the way, are shown while a window is planned."""

from datetime import date

import pytest

from maintenance.models import Window
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.maintenance import FreezeFactory, WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]

SENT = {"on": "2026-12-22", "start_time": "11:00", "length_seconds": "15", "budget_seconds": "15"}


def test_what_somebody_has_to_answer_for_is_shown_before_the_first_save(client, release):
    system = SystemFactory()
    ClientFactory(uses=[system]).no_go_dates.create(on=date(2026, 12, 22), reason="Inspection")
    answer = client.post("/windows/new/", {**SENT, "system": system.pk, "preview": "1"})
    assert [reason.code for reason in answer.context["beside"].answers] == ["window.no_go"]
    assert Window.objects.count() == 0


def test_a_freeze_in_the_way_asks_for_an_override_and_takes_it_by_name(client, release):
    FreezeFactory()
    sent = {**SENT, "system": SystemFactory().pk}
    refused = client.post("/windows/new/", sent)
    assert (refused.status_code, b'name="override"' in refused.content) == (400, True)
    client.post("/windows/new/", {**sent, "override": "A security hole"})
    waiver = Window.objects.get().waivers.get()
    assert (waiver.code, waiver.by, waiver.reason) == ("freeze", release, "A security hole")


def test_an_override_helps_against_a_freeze_and_against_nothing_else(client, release):
    FreezeFactory()
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 22))
    sent = {**SENT, "system": SystemFactory(code="RIS").pk, "override": "A security hole"}
    assert client.post("/windows/new/", sent).status_code == 400


@pytest.mark.parametrize("windows", [1, 3])
def test_the_list_says_what_is_open_with_the_same_queries(
    client, release, windows, django_assert_num_queries
):
    system = SystemFactory()
    for number in range(windows):
        on = date(2026, 12, 15 + number)
        ClientFactory(uses=[system]).no_go_dates.create(on=on, reason="Inspection")
        WindowFactory(system=system, on=on, reference=f"RIS-{number}", budget_seconds=0)
    with django_assert_num_queries(30):
        lines = client.get("/windows/").context["lines"]
    assert [line.open_conflicts for line in lines] == [1] * windows
