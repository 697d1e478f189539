"""The API says what stands against a window, and names no client to a key."""

from datetime import UTC, date, datetime

import pytest

from changeboard.people.actions import keys
from maintenance.actions import disposing
from tests.factories.directory import ClientFactory
from tests.factories.maintenance import NOW, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def window(db):
    window = WindowFactory()
    client = ClientFactory(name="Copperline", uses=[window.system])
    client.no_go_dates.create(on=date(2026, 12, 15), reason="Inspection")
    return window


def bearer(scope):
    _, secret = keys.make_key("k", scopes=[scope], by=PersonFactory(), at=datetime(2026, 11, 23, tzinfo=UTC))
    return {"Authorization": f"Bearer {secret}"}


def asked(client, window, **headers):
    return client.get(f"/api/v1/windows/{window}/conflicts/", **headers)


def test_whoever_is_signed_in_reads_what_stands_against_a_window_and_who_answers_for_it(client, window):
    kim = PersonFactory(release=True)
    client.force_login(kim)
    disposing.dispose(window, kind="no_go", reason="They agreed", by=kim, at=NOW)
    (row,) = asked(client, window).json()
    assert (row["kind"], row["refused"], row["sentence"]) == (
        "no_go", False, "Copperline must not be hit on that day.",
    )  # fmt: skip
    assert (row["accepted"]["by"], row["accepted"]["reason"]) == (kim.username, "They agreed")


def test_a_key_reads_the_kind_and_no_clients_name(client, window):
    (row,) = asked(client, window, headers=bearer("windows:read")).json()
    assert (row["kind"], row["sentence"], row["accepted"]) == ("no_go", "", None)


@pytest.mark.parametrize(("scope", "status"), [("changes:read", 403), ("windows:read", 200)])
def test_a_key_needs_the_scope_of_windows(client, window, scope, status):
    assert asked(client, window, headers=bearer(scope)).status_code == status


def test_a_window_that_is_none_is_not_found(client):
    client.force_login(PersonFactory())
    assert asked(client, "RIS-1999-01").status_code == 404
