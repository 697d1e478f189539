"""The calendar, the horizon, and the addresses to subscribe to."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.people.gate import Visit, may, open_door
from maintenance.actions import subscribing
from maintenance.domain import zone_names
from maintenance.forms.asked import Asked
from maintenance.forms.asked import asked as read
from maintenance.queries import calendar as pictures
from maintenance.queries import concerned, lists, own_feed
from maintenance.queries import horizon as ahead

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@may("maintenance.read")
def calendar(request: Visit) -> HttpResponse:
    now, systems = clock.now(), lists.systems()
    asked = read(request.GET, reader=request.user, systems=systems, now=now)
    shown = {"picture": pictures.picture(asked.wanted, now=now), "systems": systems, **around(asked)}
    return _drawn(request, f"maintenance/calendar_{asked.view}.html", shown, asked.address())


@require_safe
@may("maintenance.read")
def horizon(request: Visit) -> HttpResponse:
    now, systems = clock.now(), lists.systems()
    asked = read(request.GET, reader=request.user, systems=systems, now=now)
    lanes = [system for system in systems if not asked.systems or system.code in asked.systems]
    wanted = {"zone": asked.zone, "systems": lanes, "reach": asked.reach}
    shown = {"horizon": ahead.horizon(now=now, **wanted), "systems": systems, **around(asked)}
    return _drawn(request, "maintenance/horizon.html", shown, f"?{asked.filter_query}")


def _drawn(request: Visit, template: str, shown: dict[str, object], address: str) -> HttpResponse:
    """Where htmx swaps the page, with the address for the bar: in the same words whichever way it was come by."""
    response = render(request, template, shown)
    if request.headers.get("HX-Target") == "main":
        response["HX-Push-Url"] = f"{request.path}{address}"
    return response


def around(asked: Asked) -> dict[str, object]:
    """What stands around the days. Every time of the page is shown in `times_in`."""
    may_move = asked.reader.has_perm("maintenance.move_window")
    return {"asked": asked, "times_in": asked.zone, "may_move": may_move}


@require_safe
@may("maintenance.read")
def suggest_clients(request: Visit) -> HttpResponse:
    found = concerned.like(request.GET.get("client", "").replace("\x00", ""))
    return render(request, "maintenance/panels/suggestions.html", {"options": [each.name for each in found]})


@require_safe
@may("maintenance.read")
def suggest_zones(request: Visit) -> HttpResponse:
    found = zone_names.like(request.GET.get("zone", ""))
    return render(request, "maintenance/panels/suggestions.html", {"options": found})


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
