"""For everybody: planned maintenance as a page and as a calendar, without internal detail."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import open_door
from maintenance import labels
from maintenance.queries import public as pictures
from maintenance.views.calendar import CALENDAR


@open_door
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    zone = request.GET.get("tz", "")
    zone = zone if zone in labels.PUBLIC_ZONES else str(settings.PLATFORM_TIME_ZONE)
    shown = {"public": pictures.public(now=clock.now()), "times_in": zone, "zones": labels.PUBLIC_ZONES}
    response = render(request, "maintenance/public.html", shown | _addresses())
    patch_cache_control(response, public=True, max_age=15)
    return response


def _addresses() -> dict:
    """The feed as it is copied, and as a calendar program is opened by it."""
    feed = f"{settings.SITE_URL}{reverse('maintenance:public_feed')}"
    return {
        "feed": feed,
        "webcal": f"webcal://{feed.partition('://')[2]}",
        "platform": settings.PLATFORM_NAME,
    }


@open_door
@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    text, changed = pictures.feed(now=clock.now())
    etag, at = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"', int(changed.timestamp())
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(at),
        "Content-Disposition": 'inline; filename="maintenance.ics"',
    }
    response = HttpResponse(text, content_type=CALENDAR, headers=headers)
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag, at, response) or response
