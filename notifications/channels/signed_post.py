"""A signed POST to a client's system: JSON, HMAC-SHA256 over time and body, no redirects followed.

Nothing is sent unsigned, nor inside a private network unless PRIVATE_ADDRESSES allows it: the connection's own
end is looked at, after the name was looked up and before a byte of ours leaves.
"""

import json
import urllib.error
import urllib.request
from datetime import datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from changeboard.directory.domain.inside import leads_inside
from notifications.channels.in_time import within
from notifications.domain import signing
from notifications.domain.backoff import Answer, Kind, refused_over_http

TIMEOUT_SECONDS = 10
# All of it: an answer that drips in byte by byte keeps no sender.
SECONDS = 20.0
UNSIGNED = "not sent: the client has no secret to sign it with. Make one on its page, under Order system"
INSIDE = "not sent: the address lies inside a private network (PRIVATE_ADDRESSES)"


class _Inside(OSError):
    """The name leads inside, where we may not go."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class _Outwards(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        if not settings.PRIVATE_ADDRESSES and leads_inside(str(self.sock.getpeername()[0])):
            self.close()
            raise _Inside(INSIDE)


class _OutwardsEncrypted(HTTPSConnection, _Outwards):
    """HTTPSConnection connects by the next class in line, then encrypts: that is where the end is looked at."""


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_Outwards, req)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_OutwardsEncrypted, req)


_opener = urllib.request.build_opener(_NoRedirects, _Http, _Https)


def body(content: object) -> bytes:
    """The same content is the same bytes, so that a repeat has the same signature base."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def post(url: str, secret: str, content: bytes, name: str, *, at: datetime) -> Answer:
    """POST it; 2xx is accepted, 5xx and a few 4xx are tried again, the rest is permanent.

    `name` goes along as X-Changeboard-Delivery, so that a receiver can drop a repeat.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return Answer(Kind.PERMANENT, 0, "the address is no web address")
    if not secret:
        return Answer(Kind.PERMANENT, 0, UNSIGNED)
    request = urllib.request.Request(url, data=content, method="POST")  # noqa: S310 - the scheme is checked
    request.add_header("Content-Type", "application/json; charset=utf-8")
    request.add_header("User-Agent", "changeboard")
    request.add_header("X-Changeboard-Delivery", name.strip("<>"))
    request.add_header("X-Changeboard-Signature", signing.signature(secret, content, int(at.timestamp())))
    try:
        return within(SECONDS, partial(_sent, request))
    except TimeoutError as silence:
        return Answer(Kind.UNCERTAIN, 0, f"no answer: {silence}"[:500])
    except (OSError, HTTPException) as trouble:
        if isinstance(getattr(trouble, "reason", None), _Inside):
            return Answer(Kind.PERMANENT, 0, INSIDE)
        return Answer(Kind.TEMPORARY, 0, f"{type(trouble).__name__}: {trouble}"[:500])


def _sent(request: urllib.request.Request) -> Answer:
    try:
        with _opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            return _answer(response.status, response.reason)
    except urllib.error.HTTPError as refused:
        return _answer(refused.code, str(refused.reason))


def _answer(code: int, words: str) -> Answer:
    text = f"HTTP {code} {words}"[:500]
    return Answer(Kind.ACCEPTED, code, text) if 200 <= code < 300 else refused_over_http(code, text)
