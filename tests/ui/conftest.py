"""A browser that is served by Django's test client: real pages, policy and scripts, no server."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tools.browser import on_path

HOST = "https://changeboard.example"


@pytest.fixture(scope="module")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One browser for all tests of a module: starting it is the slow part."""
    # The test database is made before, outside the loop: whoever makes it there cannot drop it afterwards.
    # Playwright's loop runs in this thread; the tests still ask the database one thing at a time.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        found = os.environ.get("CHROMIUM") or on_path()
        browser = playwright.chromium.launch(executable_path=found or None, args=["--no-sandbox"])
        yield browser
        browser.close()
        # While Playwright's loop runs, this thread has a second connection: nobody else would close it.
        connections.close_all()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page without a memory."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(page: Page, client: Client, settings: Any) -> Callable[[str], list[str]]:
    """Open a path in the browser and answer what it complained about."""
    settings.ALLOWED_HOSTS = ["changeboard.example"]
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def open_path(path: str) -> list[str]:
        # Asked for here, not when the browser asks: there it would be on another database connection.
        answers = {HOST + path: client.get(path, headers={"host": "changeboard.example"})}
        for panel in re.findall(rb'hx-get="([^"]+)" hx-trigger="load"', answers[HOST + path].content):
            asked = {"host": "changeboard.example", "hx-request": "true"}
            answers[HOST + panel.decode()] = client.get(panel.decode(), headers=asked)
        page.route("**/*", lambda route: _serve(route, answers, complaints))
        page.goto(HOST + path)
        return complaints

    return open_path


def _serve(route: Route, answers: dict[str, Any], complaints: list[str]) -> None:
    url = route.request.url
    if answer := answers.get(url):
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)
    elif url.startswith(f"{HOST}/static/"):
        route.fulfill(path=finders.find(urlsplit(url).path.removeprefix("/static/")))
    else:
        complaints.append(f"asked for {url}")
        route.abort()
