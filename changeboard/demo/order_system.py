"""The sample order system's own server: it asks changeboard over HTTP with its client's key, and hands on."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message

from django.conf import settings

from changeboard import clock
from changeboard.demo.models import DemoKey

PATIENCE_SECONDS = 3
ADDRESS = "/api/v1/point-of-service/"


@dataclass(frozen=True)
class Passed:
    """What changeboard answered: status, body, and the headers that travel on."""

    status: int
    body: bytes
    headers: dict[str, str]


def ask(key: DemoKey, *, etag: str = "") -> Passed:
    """What to show now. `etag` is the browser's If-None-Match."""
    return _call(key, "", None, {"If-None-Match": etag} if etag else {})


def report(key: DemoKey, what: str, body: bytes) -> Passed:
    """Report that the banner was `shown` or that somebody pressed `acknowledge`."""
    return _call(key, f"{what}/", body, {"Content-Type": "application/json"})


def _call(key: DemoKey, path: str, body: bytes | None, headers: dict[str, str]) -> Passed:
    url = f"{settings.SITE_URL}{ADDRESS}{path}"
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - our own address
    request.add_header("Authorization", f"Bearer {key.key}")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            return Passed(answer.status, answer.read(), _kept(answer.headers))
    except urllib.error.HTTPError as refused:
        return Passed(refused.code, refused.read(), _kept(refused.headers))
    except OSError:
        return Passed(502, json.dumps({"error": "changeboard does not answer"}).encode(), {})


def _kept(headers: Message) -> dict[str, str]:
    """ETag and caching travel on; the platform's clock goes along, which in the demonstration runs ahead."""
    found = {name: headers[name] for name in ("ETag", "Cache-Control") if headers[name]}
    return found | {"X-Changeboard-Now": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"}
