"""`/healthz` and `/readyz`: what each asks, what each answers, and what neither tells."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings
from time_machine import TimeMachineFixture

from changeboard import clock, health
from changeboard.health import Finding
from notifications.models import Tick

TICKED = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def ticked(at: datetime) -> None:
    Tick.objects.all().delete()
    Tick.objects.create(at=at)


@pytest.fixture
def well(db: None, time_machine: TimeMachineFixture) -> None:
    """A platform that ticked this moment and owes nobody a notice."""
    time_machine.move_to(TICKED, tick=False)
    ticked(TICKED)


def test_the_process_is_well_without_asking_anyone(client: Client) -> None:
    # No database is allowed here: asking it would fail.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def test_all_well_is_ready(client: Client, well: None) -> None:
    answer = client.get("/readyz")
    parts = {name: {"ok": True} for name in ("database", "broker", "oldest_overdue")}
    tick = {"last_tick": {"ok": True, "since": "2026-11-23T15:00:00Z"}}
    assert (answer.status_code, answer.json()) == (200, {"ok": True, **parts, **tick})


@override_settings(REDIS_URL="redis://127.0.0.1:1/0")
def test_a_dead_broker_is_not_ready_and_is_named(client: Client, well: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (503, {"ok": False})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nobody_keeps_an_old_answer(client: Client, well: None, path: str) -> None:
    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(("missed", "ok"), [(4, True), (5, False)])
def test_four_ticks_may_be_missed(settings, missed: int, ok: bool) -> None:  # type: ignore[no-untyped-def]
    now = clock.now()
    at = now - timedelta(seconds=missed * settings.TICK_SECONDS)
    ticked(at)
    assert health.last_tick(now) == Finding(ok=ok, since=at)


@pytest.mark.django_db
def test_a_platform_that_never_ticked_is_not_ready() -> None:
    assert health.last_tick(clock.now()) == Finding(ok=False)


@pytest.mark.django_db
def test_without_a_notice_that_is_due_nothing_is_overdue() -> None:
    assert health.oldest_overdue(clock.now()) == Finding(ok=True)
