"""Two open doors for whoever watches the platform: `/healthz`, the process; `/readyz`, what it lives on.

They name no client, no change and no error text: anyone may read them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import open_door
from notifications.actions import watching
from notifications.models import Tick
from notifications.queries import due

logger = logging.getLogger(__name__)

TICKS_MISSED = 4
OVERDUE_FOR = timedelta(minutes=10)
BROKER_TIMEOUT_SECONDS = 2


@dataclass(frozen=True)
class Finding:
    """One thing that the platform lives on; `since` is the instant that it is about, in UTC."""

    ok: bool
    since: datetime | None = None

    def as_json(self) -> dict[str, object]:
        since = self.since and self.since.isoformat(timespec="seconds").replace("+00:00", "Z")
        return {"ok": self.ok, **({"since": since} if since else {})}


@open_door
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200: this process answers. It asks nobody else, so that a dead database restarts no web server."""
    return JsonResponse({"ok": True})


@open_door
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database, the broker, the beat and the notices are well; 503 with which is not.

    `?web` is for what hands requests to web servers: these serve pages without a beat, which then only is said.
    """
    now = clock.now()
    findings = {name: _asked(check, now) for name, check in CHECKS.items()}
    needed = WEB if "web" in request.GET else CHECKS
    ok = all(findings[name].ok for name in needed)
    if not findings["last_tick"].ok:
        _told(now)
    body = {"ok": ok} | {name: finding.as_json() for name, finding in findings.items()}
    return JsonResponse(body, status=200 if ok else 503)


def database(now: datetime) -> Finding:
    """Whether PostgreSQL answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(ok=True)


def broker(now: datetime) -> Finding:
    """Whether Redis answers, soon."""
    patience = {"socket_timeout": BROKER_TIMEOUT_SECONDS, "socket_connect_timeout": BROKER_TIMEOUT_SECONDS}
    with redis.Redis.from_url(settings.REDIS_URL, **patience) as line:
        return Finding(ok=bool(line.ping()))


def last_tick(now: datetime) -> Finding:
    """When beat and worker last did their round; not well after four missed ones."""
    at = Tick.objects.order_by("-at").values_list("at", flat=True).first()
    patience = timedelta(seconds=TICKS_MISSED * settings.TICK_SECONDS)
    return Finding(ok=at is not None and now - at <= patience, since=at)


def oldest_overdue(now: datetime) -> Finding:
    """Since when the oldest unsent notice is due; well when there is none, or for ten minutes only."""
    since = due.oldest_overdue(now)
    return Finding(ok=since is None or now - since <= OVERDUE_FOR, since=since)


CHECKS: dict[str, Callable[[datetime], Finding]] = {
    "database": database,
    "broker": broker,
    "last_tick": last_tick,
    "oldest_overdue": oldest_overdue,
}


# What pages cannot do without.
WEB = ("database", "broker")


def _told(now: datetime) -> None:
    """Whoever asks notices that rounds are missing: the administrators are told, once."""
    try:
        watching.notice(now=now)
    except (DatabaseError, OSError):
        logger.exception("a missed round could not be told")


def _asked(check: Callable[[datetime], Finding], now: datetime) -> Finding:
    try:
        return check(now)
    except (DatabaseError, redis.RedisError, OSError):
        return Finding(ok=False)
