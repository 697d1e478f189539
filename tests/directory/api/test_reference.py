from datetime import UTC, datetime

import pytest

from changeboard.people.actions import keys
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def bearer(*scopes: str) -> dict[str, str]:
    _, secret = keys.make_key("k", scopes=scopes, by=PersonFactory(), at=datetime(2026, 11, 23, tzinfo=UTC))
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_that_reads_windows_reads_systems(client):
    SystemFactory()
    answer = client.get("/api/v1/systems/", headers=bearer("windows:read"))
    assert [row["code"] for row in answer.json()["results"]] == ["RIS"]


def test_a_key_never_reads_clients(client):
    answer = client.get("/api/v1/clients/", headers=bearer("windows:read", "changes:read"))
    assert (answer.status_code, set(answer.json())) == (403, {"errors", "legal"})


def test_whoever_is_signed_in_reads_clients_without_their_secrets(client):
    row = ClientFactory(name="Copperline", slug="copperline", uses=[SystemFactory()])
    client.force_login(PersonFactory())
    assert client.get(f"/api/v1/clients/{row.slug}/").json() == {
        "slug": "copperline",
        "name": "Copperline",
        "time_zone": "America/Chicago",
        "systems": ["RIS"],
        "contract_lead_days": None,
        "active": True,
    }


def test_nobody_reads_without_signing_in(client):
    assert client.get("/api/v1/systems/").status_code == 401
