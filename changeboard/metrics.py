"""`/metrics`: how the sending of notices does, as Prometheus reads it.

For whoever knows the token, and for administrators. It names no client, no change and no address.
"""

import hmac
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import open_door
from notifications.actions import watching
from notifications.queries.operations import Operations, operations

# The text format 0.0.4, which every reader of metrics takes.
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@open_door
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 without a token set and a session, 403 with a wrong token or somebody else's session."""
    if not _may(request):
        if not settings.METRICS_TOKEN and not request.user.is_authenticated:
            raise Http404
        raise PermissionDenied
    now = clock.now()
    watching.notice(now=now)
    return HttpResponse("\n".join(lines(operations(now=now), now)) + "\n", content_type=FORMAT)


def _may(request: HttpRequest) -> bool:
    kind, _, word = request.headers.get("Authorization", "").partition(" ")
    token = str(settings.METRICS_TOKEN)
    if token and kind.lower() == "bearer" and hmac.compare_digest(word.strip().encode(), token.encode()):
        return True
    return request.user.has_perm("notifications.operate")


def lines(picture: Operations, now: datetime) -> Iterator[str]:
    """Each figure with what it is. Ages in seconds, instants as seconds since 1970; what never was is left out."""
    channels = picture.channels
    yield from _figure(
        "notices_due", "Notices that a program should send now", {c.channel: c.due for c in channels}
    )
    oldest = {c.channel: _age(c.oldest_at, now) for c in channels}
    yield from _figure(
        "notices_oldest_overdue_seconds", "How long the oldest of them waits, 0 for none", oldest
    )
    yield from _figure(
        "notices_under_lease", "Notices being sent", {c.channel: c.under_lease for c in channels}
    )
    yield from _figure(
        "notices_accepted_last_hour", "Notices taken", {c.channel: c.accepted for c in channels}
    )
    last = {c.channel: round(c.last_at.timestamp()) for c in channels if c.last_at}
    yield from _figure("notices_last_accepted_timestamp_seconds", "The last one of the past day", last)
    yield from _figure(
        "notices_unsettled", "Failed, bounced or missed, and no person has dealt with it", picture.unsettled
    )
    yield from _figure(
        "notices_backlog_stopped", "Whether a backlog waits for a person", int(picture.backlog is not None)
    )
    yield from _figure(
        "addresses_in_trouble", "Contacts whose mail came back or was complained of", picture.bounced
    )
    yield from _figure(
        "mail_reports_strange_last_week", "Reports about mails that are not ours", picture.strange
    )
    silent = any(silence.ended_at is None for silence in picture.silences)
    yield from _figure("silence", "Whether rounds are missing at this moment", int(silent))
    if picture.ticked_at is not None:
        yield from _figure(
            "tick_age_seconds", "How long ago the last round ran", _age(picture.ticked_at, now)
        )


def _age(at: datetime | None, now: datetime) -> int:
    return max(0, round((now - at).total_seconds())) if at else 0


def _figure(name: str, what: str, value: int | dict[str, int]) -> Iterator[str]:
    yield f"# HELP changeboard_{name} {what}."
    yield f"# TYPE changeboard_{name} gauge"
    if isinstance(value, dict):
        yield from (f'changeboard_{name}{{channel="{channel}"}} {each}' for channel, each in value.items())
    else:
        yield f"changeboard_{name} {value}"
