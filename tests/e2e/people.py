"""People of the demonstration at their browsers. What a page complains about is kept."""

import json
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.stack import Stack


class Cast:
    def __init__(self, browser: Browser, stack: Stack) -> None:
        self._browser, self._stack = browser, stack
        self._pages: dict[str, Page] = {}
        self.complaints: list[str] = []

    def as_(self, name: str) -> Page:
        """The page of this person, signed in at the first call."""
        if name not in self._pages:
            page = self._browser.new_context(base_url=self._stack.url).new_page()
            page.set_default_timeout(10_000)
            page.on("pageerror", lambda error: self.complaints.append(f"{name}: {error}"))
            page.on("request", lambda request: self._watch(name, request.url))
            page.goto("/sign-in/")
            page.fill("[name=username]", name)
            page.fill("[name=password]", "changeboard")
            page.click("form button.btn--primary")
            self._pages[name] = page
        return self._pages[name]

    def pictures(self, place: Path) -> None:
        """What everybody sees now: kept beside the logs when a chapter fails."""
        for name, page in self._pages.items():
            page.screenshot(path=place / f"{name}.png", full_page=True)

    def _watch(self, name: str, url: str) -> None:
        if not url.startswith((self._stack.url, "data:")):
            self.complaints.append(f"{name}: asked for {url}")


def point_of_service(stack: Stack, key: str) -> dict[str, Any]:
    """What the client's order system is told, asked as its own server would."""
    request = urllib.request.Request(f"{stack.url}/api/v1/point-of-service/")
    request.add_header("Authorization", f"Bearer {key}")
    with urllib.request.urlopen(request, timeout=5) as answer:
        found: dict[str, Any] = json.load(answer)
        return found
