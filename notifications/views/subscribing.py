"""Subscribing by mail from the public page: ask, confirm, choose, leave. Links open pages; only a POST acts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from changeboard import clock, throttle
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import open_door
from maintenance.views.public_zone import readers_zone
from notifications.actions import subscribing
from notifications.forms.subscribers import ChoiceForm, SubscribeForm
from notifications.models import Subscriber
from notifications.queries import subscriber_links as links

ACTS = ["GET", "HEAD", "POST"]
A_NETWORK, AN_ADDRESS = 20, 4
HOUR, DAY = 3600, 86_400


# The public page carries no cookie that a token could hang on; what a forged form could do is ask for a mail
# with a link, which anybody may.
@open_door
@csrf_exempt
@never_cache
@require_http_methods(ACTS)
def ask(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(typed(request), initial={"time_zone": readers_zone(request)})
    if not form.is_bound or not form.is_valid():
        return _page(request, "ask", form=form, status=400 if form.is_bound else 200)
    if throttle.too_often(f"subscribe {throttle.network(request)}", most=A_NETWORK, seconds=HOUR):
        return _page(request, "ask", form=form, too_many=True, status=429)
    _ask(form)
    return _page(request, "asked", address=form.cleaned_data["address"])


def _ask(form: SubscribeForm) -> None:
    """Whatever comes of it, the answer is the same: nobody learns which addresses are known."""
    given = {name: form.cleaned_data[name] for name in ("address", "systems", "time_zone")}
    often = throttle.too_often(f"subscribe {given['address'].lower()}", most=AN_ADDRESS, seconds=DAY)
    if not often and not form.is_of_a_program:
        subscribing.ask(**given, at=clock.now())


@open_door
@csrf_exempt
@never_cache
@require_http_methods(ACTS)
def confirm(request: HttpRequest, subscriber: int, word: str) -> HttpResponse:
    reader = get_object_or_404(Subscriber, pk=subscriber)
    if not links.confirms(reader, word):
        raise Http404
    if not reader.is_told and links.is_stale(reader, now=clock.now()):
        return _page(request, "stale", status=410)
    if request.method == "POST":
        reader = subscribing.confirm(reader, at=clock.now())
    return _page(request, "confirm", reader=reader, choose=links.choose_path(reader))


@open_door
@csrf_exempt
@never_cache
@require_http_methods(ACTS)
def choose(request: HttpRequest, subscriber: int, word: str) -> HttpResponse:
    reader = _own(subscriber, word)
    chosen = {"systems": reader.systems.all(), "time_zone": reader.time_zone}
    form = ChoiceForm(typed(request), initial=chosen)
    tried = attempt(form, lambda **given: subscribing.choose(reader, **given))
    shown = {"reader": reader, "form": form, "saved": tried.done, "leave": links.leave_path(reader)}
    return _page(request, "choose", status=tried.status, **shown)


# The reader's mail program posts from nowhere (RFC 8058): the word in the address is the proof, not a cookie.
@open_door
@csrf_exempt
@never_cache
@require_http_methods(ACTS)
def leave(request: HttpRequest, subscriber: int, word: str) -> HttpResponse:
    reader = _own(subscriber, word)
    if request.method == "POST":
        reader = subscribing.leave(reader, at=clock.now())
    return _page(request, "leave", reader=reader)


def _own(pk: int, word: str) -> Subscriber:
    reader = get_object_or_404(Subscriber, pk=pk)
    if not links.is_own(reader, word):
        raise Http404
    return reader


def _page(request: HttpRequest, name: str, *, status: int = 200, **shown: object) -> HttpResponse:
    """A page about a subscription: in no search engine, and its address is told to nobody."""
    shown["platform"] = settings.PLATFORM_NAME
    response = render(request, f"notices/pages/subscriber_{name}.html", shown, status=status)
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex, nofollow", "no-referrer"
    return response
