"""The panel of conflicts: answered for by name, taken back, and red before Go until then."""

from datetime import date

import pytest

from maintenance.models import Waiver
from tests.factories.directory import ClientFactory
from tests.factories.maintenance import WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


@pytest.fixture
def window(release):
    window = WindowFactory()
    client = ClientFactory(name="Copperline", uses=[window.system])
    client.no_go_dates.create(on=date(2026, 12, 15), reason="Inspection")
    return window


def red(client, window):
    return [each.code for each in client.get(f"/windows/{window}/").context["picture"].red]


def answer(client, window, reason):
    return client.post(f"/windows/{window}/conflicts/", {"kind": "no_go", "about": "", "reason": reason})


def test_an_open_conflict_is_red_before_go_until_somebody_answers_for_it(client, window):
    assert red(client, window) == ["conflicts", "people_named"]
    assert answer(client, window, "They agreed").url == f"/windows/{window}/#conflicts"
    assert red(client, window) == ["people_named"]
    assert b"They agreed" in client.get(f"/windows/{window}/").content


def test_an_answer_without_a_reason_is_the_form_with_the_fault(client, window):
    refused = answer(client, window, " ")
    assert (refused.status_code, refused.context["form"].errors) == (
        400,
        {"reason": ["Say why, in a few words."]},
    )
    assert b"Copperline must not be hit on that day." in refused.content


def test_an_answer_is_taken_back(client, window):
    answer(client, window, "They agreed")
    client.post(f"/windows/{window}/conflicts/{Waiver.objects.get().pk}/back/")
    assert red(client, window) == ["conflicts", "people_named"]
