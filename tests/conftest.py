"""What every test gets: an empty cache, a browser that starts. Kept small on purpose."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

SHIPPED = pytest.StashKey[str]()


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """What one test cached is no business of the next. Tests without a database have no cache either."""
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _real_clock() -> None:
    """The demonstration's clock asks the database; tests that do not move it keep the real one."""
    from changeboard import clock

    clock.run_ahead(timedelta)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test databases are copies of one that has every migration: nothing is left to apply."""
    from django.db import connection

    from tests import ready_made

    connection.settings_dict["TEST"] |= {"TEMPLATE": ready_made.name(), "MIGRATE": False}


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> None:
    """Remember what migrations ship, for whoever runs after a test with real transactions."""
    from django.db import connection

    with django_db_blocker.unblock():
        request.config.stash[SHIPPED] = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    """A test with real transactions empties every table at its end; what migrations ship comes back here."""
    done = yield
    if nextitem is not None and _has_real_transactions(item):
        from django.core.management import call_command
        from django.db import connection
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            # Numbers go on counting: what comes back keeps its own, and the next made must not meet them.
            call_command(
                "flush", verbosity=0, interactive=False, inhibit_post_migrate=True, reset_sequences=False
            )
            connection.creation.deserialize_db_from_string(item.config.stash[SHIPPED])
    return done


def _has_real_transactions(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return bool(marked and marked.kwargs.get("transaction")) or "transactional_db" in names


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that `make test` found, else one on the PATH, else Playwright's own."""
    from tools.browser import on_path

    path = os.environ.get("CHROMIUM") or on_path()
    found = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **found, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
