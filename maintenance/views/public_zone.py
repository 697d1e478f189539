"""The clock that somebody who is not signed in reads: asked for, remembered, or the platform's."""

from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "zone"
YEAR_SECONDS = 365 * 24 * 3600


def asked_zone(request: HttpRequest) -> str:
    """The zone that the address names; empty for none, and for what is none."""
    return _known(request.GET.get("tz") or request.GET.get("zone") or "")


def readers_zone(request: HttpRequest) -> str:
    """What the address names, else what was chosen or detected before, else the platform's."""
    kept = _known(request.COOKIES.get(COOKIE, ""))
    return asked_zone(request) or kept or str(settings.PLATFORM_TIME_ZONE)


def remember_zone(request: HttpRequest, response: HttpResponse) -> None:
    """Keep what was chosen by hand. The cookie holds the zone and no more, for the public pages alone."""
    chosen = asked_zone(request)
    if chosen:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR_SECONDS, path="/maintenance/", secure=settings.SECURE, samesite="Lax"
        )


def _known(zone: str) -> str:
    return zone if zone in available_timezones() else ""
