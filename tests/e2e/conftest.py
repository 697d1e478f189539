"""The running product and its people, each in a browser of their own."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.people import Cast
from tests.e2e.stack import Stack, whole
from tools.browser import on_path


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Web, worker and beat on a database of their own; mails land in a real SMTP server here."""
    with whole(tmp_path_factory.mktemp("story")) as product:
        yield product


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path: str | Path | None = os.environ.get("CHROMIUM") or on_path()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def cast(chromium: Browser, stack: Stack) -> Iterator[Cast]:
    """Who plays: `cast.as_("engineer")` is a page on which the engineer is signed in."""
    playing = Cast(chromium, stack)
    yield playing
    assert playing.complaints == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A chapter that fails leaves a picture of every page."""
    report = yield
    cast = getattr(item, "funcargs", {}).get("cast")
    story = getattr(item, "funcargs", {}).get("story")
    if report.failed and (cast := cast or getattr(story, "cast", None)):
        cast.pictures(Path(os.environ.get("STORY_PICTURES") or tempfile.gettempdir()))
    return report
