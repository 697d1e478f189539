"""For everybody: planned maintenance as a page and as a calendar, without internal detail."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import open_door
from maintenance.queries import public as pictures
from maintenance.views.calendar import CALENDAR


@open_door
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    response = render(request, "maintenance/public.html", {"public": pictures.public(now=clock.now())})
    patch_cache_control(response, public=True, max_age=15)
    return response


@open_door
@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    text, changed = pictures.feed(now=clock.now())
    etag, at = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"', int(changed.timestamp())
    headers = {"ETag": etag, "Content-Disposition": 'inline; filename="maintenance.ics"'}
    response = HttpResponse(text, content_type=CALENDAR, headers=headers)
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag, at, response) or response
