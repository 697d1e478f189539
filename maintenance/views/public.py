"""For everybody: planned maintenance as a page, without internal detail."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.directory.models import System
from changeboard.people.gate import open_door
from maintenance import labels
from maintenance.queries import public as pictures
from maintenance.views.feeds import addresses, systems_asked
from maintenance.views.public_zone import readers_zone, remember_zone


@open_door
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The page; and, asked by itself while it is open, whether anything of it changed (304 if not)."""
    zone, systems = readers_zone(request), systems_asked(request)
    told = pictures.public(now=clock.now(), systems=systems)
    tag = f'"{told.etag(zone, clock.now())}"'
    if request.headers.get("HX-Request") and request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        shown = {"public": told, "etag": tag, **_choices(zone, systems), **addresses()}
        response = render(request, "maintenance/public.html", shown)
    return _kept_by_the_reader(request, response)


def _kept_by_the_reader(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    remember_zone(request, response)
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def _choices(zone: str, systems: list[System]) -> dict:
    return {
        "times_in": zone,
        "zones": list(dict.fromkeys([*labels.PUBLIC_ZONES, zone])),
        "systems": System.objects.all(),
        "chosen": [system.code for system in systems],
        "platform": settings.PLATFORM_NAME,
        "programs": labels.PROGRAMS,
        "embed": f"{settings.SITE_URL}/maintenance/embed/",
    }
