"""docker-compose.yml: what it says, and the very same commands run against private servers."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import ready_made, stack
from tests.architecture import tree
from tools.guard import free_port

COMPOSE: dict[str, Any] = yaml.safe_load((tree.ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
LASTING = ("web", "worker", "calls", "beat")


def test_the_services_are_those_of_make_run_the_migrations_and_a_worker_for_calls() -> None:
    assert set(SERVICES) == {"web", "worker", "calls", "beat", "postgres", "redis", "migrate"}


@pytest.mark.parametrize("name", [*LASTING, "postgres", "redis"])
def test_every_lasting_service_has_a_health_check_and_comes_back(name: str) -> None:
    assert (bool(SERVICES[name]["healthcheck"]["test"]), SERVICES[name]["restart"]) == (
        True,
        "unless-stopped",
    )


def test_the_migrations_run_once_and_before_everything_else() -> None:
    first = {SERVICES[name]["depends_on"]["migrate"]["condition"] for name in LASTING}
    assert (SERVICES["migrate"]["restart"], first) == ("no", {"service_completed_successfully"})


def test_the_image_runs_as_nobody_in_particular_and_checks_its_health() -> None:
    lines = (tree.ROOT / "Dockerfile").read_text().splitlines()
    users = [line for line in lines if line.startswith("USER ")]
    assert (users, sum(line.startswith("HEALTHCHECK ") for line in lines)) == (["USER changeboard"], 1)


def test_the_image_holds_what_the_product_is_made_of() -> None:
    copied = {
        line.split()[1] for line in (tree.ROOT / "Dockerfile").read_text().splitlines() if line[:5] == "COPY "
    }
    assert {*tree.PRODUCT, "templates", "static", "manage.py"} <= copied


def command(name: str, port: int, place: Path) -> list[str]:
    """A service's command, word by word; only its port and its scratch directory are ours."""
    words = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in SERVICES[name]["command"]]
    return [word.replace("/tmp/", f"{place}/") for word in words]


def test_the_commands_of_a_server_make_a_platform_that_is_ready(tmp_path: Path) -> None:
    port = free_port()
    with stack.own_database("server", like=ready_made.name()) as database:
        env = stack.as_on_a_server(database, TICK_SECONDS="5")
        assert SERVICES["migrate"]["command"][:2] == ["python", "manage.py"]
        stack.manage(*SERVICES["migrate"]["command"][2:], env=env)
        commands = {name: command(name, port, tmp_path) for name in LASTING}
        with stack.running(commands, env, tmp_path) as crew:
            ready = f"http://127.0.0.1:{port}/readyz"
            stack.wait(lambda: stack.answer(ready)[0] == 200, crew, seconds=100)
            assert json.loads(stack.answer(ready)[1])["last_tick"]["ok"]
