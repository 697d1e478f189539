"""A client's own calendar: its page for client services, and the secret address."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock, throttle
from changeboard.directory.models import Client
from changeboard.people.gate import Visit, may, open_door
from maintenance import labels
from maintenance.views.feeds import CALENDAR, of_address, served, too_many
from notifications.actions import client_feeds
from notifications.models import ClientFeed
from notifications.queries import client_feed

CLIENTS = Client.objects.all


@require_safe
@may("notifications.client_feed", on=CLIENTS)
def page(request: Visit, client: Client) -> HttpResponse:
    return _page(request, client)


@require_POST
@may("notifications.client_feed", on=CLIENTS)
def make(request: Visit, client: Client) -> HttpResponse:
    secret = client_feeds.make(client, by=request.user, at=clock.now())
    address = f"{settings.SITE_URL}{reverse('notifications:client_calendar', args=[secret])}"
    response = _page(request, client, **of_address(address))
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
@may("notifications.client_feed", on=CLIENTS)
def end(request: Visit, client: Client) -> HttpResponse:
    client_feeds.end(client, by=request.user, at=clock.now())
    messages.success(request, "The address has ended.")
    return redirect("notifications:client_feed", client.slug)


def _page(request: Visit, client: Client, **made: str) -> HttpResponse:
    feed = ClientFeed.objects.filter(client=client).first()
    picture = {"client": client, "feed": feed, "programs": labels.PROGRAMS, **made}
    return render(request, "notices/pages/client_feed.html", picture)


# The address is the key: a calendar program cannot sign in. Whoever does not know it learns nothing, 404.
@open_door
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    if throttle.too_often(f"feed {throttle.network(request)}", most=600, seconds=3600):
        return too_many()
    feed = client_feed.owner_of(secret)
    if feed is None:
        raise Http404
    told = client_feed.calendar(feed.client, now=clock.now())
    return served(request, told, CALENDAR, "maintenance.ics", secret=True)
