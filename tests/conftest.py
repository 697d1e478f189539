"""What every test gets: an empty cache, a browser that starts. Kept small on purpose."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest


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
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that `make test` found, else one on the PATH, else Playwright's own."""
    from tools.browser import on_path

    path = os.environ.get("CHROMIUM") or on_path()
    found = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **found, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
