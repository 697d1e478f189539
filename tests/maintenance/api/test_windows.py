"""The API over the same verbs: the same refusals, and a key may only read."""

from datetime import UTC, date, datetime

import pytest

from changeboard.people.actions import keys
from maintenance.models import Window
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
JSON = {"content_type": "application/json"}
PLAN = {
    "system": "RIS",
    "on": "2027-01-19",
    "start_time": "11:00",
    "length_seconds": 900,
    "budget_seconds": 900,
}


def test_a_window_is_planned_moved_resized_and_cancelled(client, release):
    SystemFactory()
    made = client.post("/api/v1/windows/", PLAN, **JSON)
    at = f"/api/v1/windows/{made.json()['reference']}/"
    moved = client.post(
        f"{at}move/", {"on": "2027-01-20", "start_time": "12:00", "reason": "Late", "seen": 0}, **JSON
    )
    size = {"length_seconds": 1200, "budget_seconds": 600, "reason": "Less"}
    resized = client.post(f"{at}resize/", size, **JSON)
    cancelled = client.post(f"{at}cancel/", {"reason": "Not needed"}, **JSON)
    assert [answer.status_code for answer in (made, moved, resized, cancelled)] == [201, 200, 200, 200]
    assert moved.json()["starts_at"] == "2027-01-20T18:00:00Z"
    assert [row["kind"] for row in client.get(at).json()["revisions"]] == [
        "made",
        "moved",
        "changed",
        "cancelled",
    ]


def test_a_refusal_names_the_clash_and_the_nearest_free_days(client, release):
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2027, 1, 19))
    SystemFactory()
    answer = client.post("/api/v1/windows/", PLAN, **JSON)
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["window.day_taken", "window.free_days"]


def test_whoever_read_an_older_revision_is_told(client, release):
    window = WindowFactory()
    Window.objects.update(revision=1, reason="x")
    sent = {"on": "2027-01-20", "start_time": "12:00", "reason": "Late", "seen": 0}
    assert client.post(f"/api/v1/windows/{window}/move/", sent, **JSON).status_code == 409


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 2),
        ("?system=PACS", 1),
        ("?from=2026-12-10", 1),
        ("?until=2026-12-10&state=planned", 1),
        ("?state=x", None),
    ],
)
def test_the_list_is_filtered(client, release, asked, found):
    WindowFactory()
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    assert client.get(f"/api/v1/windows/{asked}").json().get("count") == found


@pytest.mark.parametrize("windows", [1, 3])
def test_the_list_asks_the_same_for_any_number(client, release, windows, django_assert_num_queries):
    system = SystemFactory()
    for month in range(windows):
        WindowFactory(system=system, on=date(2026, 10 + month, 20))
    with django_assert_num_queries(4):
        client.get("/api/v1/windows/")


def test_a_key_reads_windows_and_changes_none(client):
    owner, window = PersonFactory(administrator=True), WindowFactory()
    _, secret = keys.make_key("k", scopes=["windows:read"], by=owner, at=datetime(2026, 11, 23, tzinfo=UTC))
    as_key = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert client.get(f"/api/v1/windows/{window}/", **as_key).status_code == 200
    assert client.post("/api/v1/windows/", PLAN, **JSON, **as_key).status_code == 403
    assert (
        client.post(f"/api/v1/windows/{window}/cancel/", {"reason": "x"}, **JSON, **as_key).status_code == 403
    )


@pytest.mark.parametrize("act", ["move", "resize", "cancel"])
def test_an_engineer_changes_no_window(client, act):
    client.force_login(PersonFactory())
    assert client.post(f"/api/v1/windows/{WindowFactory()}/{act}/", {}, **JSON).status_code == 403
