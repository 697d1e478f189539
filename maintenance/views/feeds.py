"""Calendars and news that programs fetch again and again: for everybody, and at secret addresses."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock, throttle
from changeboard.directory.models import System
from changeboard.people.gate import Visit, may, open_door
from maintenance import labels
from maintenance.actions import subscribing
from maintenance.models import Feed
from maintenance.queries import own_feed, public_feed, public_news
from maintenance.queries.public_feed import Served

CALENDAR = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
FRESH_SECONDS = 300
# Google's calendar takes an address by this link (its "From URL").
GOOGLE = "https://calendar.google.com/calendar/render?cid="


@open_door
@require_safe
def public_calendar(request: HttpRequest) -> HttpResponse:
    told = public_feed.calendar(now=clock.now(), systems=systems_asked(request))
    return served(request, told, CALENDAR, "maintenance.ics")


@open_door
@require_safe
def public_atom(request: HttpRequest) -> HttpResponse:
    told = public_news.news(now=clock.now(), systems=systems_asked(request))
    return served(request, told, ATOM, "maintenance.atom")


def systems_asked(request: HttpRequest) -> list[System]:
    """The systems that the address names (`?system=RIS&system=PACS`), in their order; none: all.

    A system that there is not is 404: a calendar that stays empty for ever would say that nothing is planned.
    """
    codes = {code.casefold() for code in request.GET.getlist("system") if code}
    found = [system for system in System.objects.all() if system.code.casefold() in codes] if codes else []
    if len(found) != len(codes):
        raise Http404
    return found


def served(
    request: HttpRequest, told: Served, kind: str, filename: str, *, secret: bool = False
) -> HttpResponse:
    """What was asked for, or 304 without building it. Behind a secret address nobody else may keep it."""
    headers = {"ETag": f'"{told.etag}"', "Content-Disposition": f'inline; filename="{filename}"'}
    response = HttpResponse(content_type=kind, headers=headers)
    response["Last-Modified"] = http_date(told.changed_at.timestamp())
    if secret:
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return unless_known(request, response, told)


def unless_known(request: HttpRequest, response: HttpResponse, told: Served) -> HttpResponse:
    """The text, or 304 to whoever has it."""
    at = int(told.changed_at.timestamp())
    answer = get_conditional_response(request, response["ETag"], at, response)
    if answer is response:
        response.content = told.text()
    return answer or response


@require_safe
@may("maintenance.read")
def subscribe(request: Visit) -> HttpResponse:
    """What can be subscribed to, how, and how late each program is."""
    mine = Feed.objects.filter(person=request.user).first()
    picture = {"own": mine, "systems": System.objects.all(), "programs": labels.PROGRAMS, **addresses()}
    return render(request, "maintenance/subscribe.html", picture)


@require_POST
@may("maintenance.read")
def make_feed(request: Visit) -> HttpResponse:
    secret = subscribing.make_feed(by=request.user, at=clock.now())
    address = f"{settings.SITE_URL}{reverse('maintenance:feed', args=[secret])}"
    messages.success(request, "An address of your own was made. An older one ends now.")
    picture = {"systems": System.objects.all(), "programs": labels.PROGRAMS, **of_address(address)}
    response = render(request, "maintenance/feed_made.html", picture)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
@may("maintenance.read")
def end_feed(request: Visit) -> HttpResponse:
    subscribing.end_feed(by=request.user, at=clock.now())
    messages.success(request, "Your address has ended. Calendars that have it are told nothing any more.")
    return redirect("maintenance:subscribe")


# The address is the key: a calendar program cannot sign in. Whoever does not know it learns nothing, 404.
@open_door
@require_safe
def own(request: HttpRequest, secret: str) -> HttpResponse:
    if throttle.too_often(f"feed {throttle.network(request)}", most=600, seconds=3600):
        return too_many()
    feed = own_feed.owner_of(secret)
    if feed is None:
        raise Http404
    if throttle.too_often(f"feed {feed.pk}", most=60, seconds=600):
        return too_many()
    told = own_feed.calendar(feed.person, now=clock.now(), systems=systems_asked(request))
    return served(request, told, CALENDAR, "changeboard.ics", secret=True)


def too_many() -> HttpResponse:
    """A program that asks again and again is told when to come back."""
    words = "Too many requests. Fetch this at most every ten seconds."
    return HttpResponse(words, status=429, content_type="text/plain", headers={"Retry-After": "600"})


def addresses() -> dict[str, str]:
    """The public feeds, as they are copied and as a calendar program is opened by them."""
    feed = f"{settings.SITE_URL}{reverse('maintenance:public_feed')}"
    return {**of_address(feed), "atom": f"{settings.SITE_URL}{reverse('maintenance:public_atom')}"}


def of_address(address: str) -> dict[str, str]:
    """An address in the forms that the programs take it in."""
    webcal = f"webcal://{address.partition('://')[2]}"
    return {"address": address, "webcal": webcal, "google": GOOGLE + quote(webcal, safe="")}
