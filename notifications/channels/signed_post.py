"""A signed POST to a client's system: JSON, HMAC-SHA256 over time and body, no redirects followed."""

import json
import urllib.error
import urllib.request
from datetime import datetime
from http.client import HTTPException
from urllib.parse import urlsplit

from notifications.domain import signing
from notifications.domain.backoff import Answer, Kind

TIMEOUT_SECONDS = 10
TEMPORARY = (408, 425, 429)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def body(content: object) -> bytes:
    """The same content is the same bytes, so that a repeat has the same signature base."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def post(url: str, secret: str, content: bytes, name: str, *, at: datetime) -> Answer:
    """POST it; 2xx is accepted, 5xx and a few 4xx are tried again, the rest is permanent.

    `name` goes along as X-Changeboard-Delivery, so that a receiver can drop a repeat.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return Answer(Kind.PERMANENT, 0, "the address is no web address")
    request = urllib.request.Request(url, data=content, method="POST")  # noqa: S310 - the scheme is checked
    request.add_header("Content-Type", "application/json; charset=utf-8")
    request.add_header("User-Agent", "changeboard")
    request.add_header("X-Changeboard-Delivery", name.strip("<>"))
    request.add_header("X-Changeboard-Signature", signing.signature(secret, content, int(at.timestamp())))
    try:
        with _opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            return _answer(response.status, response.reason)
    except urllib.error.HTTPError as refused:
        return _answer(refused.code, str(refused.reason))
    except TimeoutError as silence:
        return Answer(Kind.UNCERTAIN, 0, f"no answer: {silence}"[:500])
    except (OSError, HTTPException) as trouble:
        return Answer(Kind.TEMPORARY, 0, f"{type(trouble).__name__}: {trouble}"[:500])


def _answer(code: int, words: str) -> Answer:
    text = f"HTTP {code} {words}"[:500]
    if 200 <= code < 300:
        return Answer(Kind.ACCEPTED, code, text)
    return Answer(Kind.TEMPORARY if code >= 500 or code in TEMPORARY else Kind.PERMANENT, code, text)
