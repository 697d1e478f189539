"""The calendar, the horizon, and the addresses to subscribe to."""

import hashlib
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.directory.models import System
from changeboard.people.gate import Visit, may, open_door
from maintenance.actions import subscribing
from maintenance.queries import calendar as pictures
from maintenance.queries import horizon as ahead
from maintenance.queries import own_feed

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@may("maintenance.read")
def calendar(request: Visit) -> HttpResponse:
    now, zone = clock.now(), str(settings.PLATFORM_TIME_ZONE)
    first = _month(request.GET.get("month", "")) or clock.local_date(now, zone)
    systems, kinds = request.GET.getlist("system"), request.GET.getlist("kind")
    kinds = kinds if "shown" in request.GET else list(pictures.KINDS)
    picture = pictures.month(first, zone=zone, now=now, systems=systems, kinds=kinds)
    shown = {"month": picture, "systems": System.objects.all(), "chosen": systems, "kinds": kinds}
    shown |= {"horizon": ahead.horizon(now=now), **_times_in(request)}
    return render(request, "maintenance/calendar.html", shown)


@require_safe
@may("maintenance.read")
def horizon(request: Visit) -> HttpResponse:
    return render(request, "maintenance/horizon.html", {"horizon": ahead.horizon(now=clock.now())})


def _month(words: str) -> date | None:
    """The first of a month like 2026-12; None for anything else, and for years that no calendar turns to."""
    try:
        first = date.fromisoformat(f"{words}-01")
    except ValueError:
        return None
    return first if 2000 <= first.year < 2200 else None


def _times_in(request) -> dict:
    zones = {"mine": request.user.time_zone, "utc": "UTC"}
    chosen = request.GET.get("tz", "")
    return {"tz": chosen, "mine": request.user.time_zone, "times_in": zones.get(chosen, "")}


@require_POST
@may("maintenance.read")
def make_feed(request: Visit) -> HttpResponse:
    secret = subscribing.make_feed(by=request.user, at=clock.now())
    address = f"{settings.SITE_URL}{reverse('maintenance:feed', args=[secret])}"
    messages.success(request, "An address of your own was made. An older one ends now.")
    return render(request, "maintenance/feed_made.html", {"address": address})


# The address is the key: a calendar program cannot sign in. Whoever does not know it learns nothing, 404.
@open_door
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    if own_feed.owner_of(secret) is None:
        raise Http404
    return _served(request, own_feed.text(now=clock.now()))


def _served(request: HttpRequest, text: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type=CALENDAR, headers={"ETag": etag})
    patch_cache_control(response, private=True, max_age=300)
    return get_conditional_response(request, etag=etag, response=response) or response
