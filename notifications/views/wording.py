"""The words that clients read: the window's paragraph, its signature, previews and tests."""

from functools import partial
from urllib.parse import urlencode
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from maintenance.models import Window
from notifications.actions import testing
from notifications.actions import wording as verbs
from notifications.channels.email import press
from notifications.forms.notices import PreviewForm, SignOffForm, WordsForm
from notifications.queries import previews
from notifications.queries import words as queries

TOLD_NOW = "Everybody who was told otherwise is told with the next round."
TOLD_LATER = "Nobody is told anew: notices still to come say it in these words."
WINDOWS = Window.objects.for_pages


@may("notifications.preview", on=WINDOWS)
def words(request: Visit, window: Window) -> HttpResponse:
    found = queries.of_window(window)
    form = WordsForm(typed(request), initial={"paragraph": found.paragraph, "version": found.version})
    if request.method == "POST" and not request.user.has_perm("notifications.word"):
        return redirect("notifications:words", window.reference)
    tried = attempt(form, partial(verbs.write, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "Saved. Clients read it once marketing has signed it off.")
        return redirect("notifications:words", window.reference)
    return _words(request, window, found, form, tried.status)


def _words(request, window, found, form, status) -> HttpResponse:
    picture = {"window": window, "words": found, "form": form, "telling": queries.telling(window)}
    # Whoever was shown the words that stand now may put others in their place.
    picture["version"] = found.version if status == 409 else form["version"].value()
    return render(request, "notices/pages/words.html", picture, status=status)


@require_POST
@may("notifications.sign_off", on=WINDOWS)
def sign_off(request: Visit, window: Window) -> HttpResponse:
    form = SignOffForm(typed(request))
    tried = attempt(form, partial(verbs.sign_off, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "Signed off: it stands in every notice from now on.")
        return redirect("notifications:words", window.reference)
    return _words(request, window, queries.of_window(window), form, tried.status)


@require_POST
@may("notifications.word", on=WINDOWS)
def tell_words(request: Visit, window: Window) -> HttpResponse:
    everybody = request.POST.get("who") == "everybody"
    verb = verbs.tell_everybody if everybody else verbs.only_to_come
    verb(window, seen=request.POST.get("seen", ""), by=request.user, at=clock.now())
    messages.success(request, TOLD_NOW if everybody else TOLD_LATER)
    return redirect("notifications:words", window.reference)


@require_safe
@may("notifications.preview", on=WINDOWS)
def preview(request: Visit, window: Window) -> HttpResponse:
    shown = _chosen(window, request.GET)
    picture = {"window": window, "shown": shown, "form": PreviewForm(initial=request.GET.dict())}
    if shown.letter:
        picture |= {"html": press.fragment(shown.letter), "mail": press.mail(shown.letter)}
    return render(request, "notices/pages/preview.html", picture)


def _chosen(window, typed) -> previews.Preview:
    zone = typed.get("zone", "") if typed.get("zone", "") in available_timezones() else ""
    client, milestone = typed.get("client", ""), typed.get("milestone", "")
    return previews.preview(window, client, milestone, clock.now(), zone=zone)


@require_POST
@may("notifications.send_test", on=WINDOWS)
def send_test(request: Visit, window: Window) -> HttpResponse:
    shown, page = _chosen(window, request.POST), reverse("notifications:preview", args=[window.reference])
    if shown.letter is None:
        messages.error(request, "Choose a client with a contact.")
        return redirect(page)
    said = testing.send(shown.letter, by=request.user, at=clock.now())
    messages.success(request, f"Sent to you. The mail server said: {said}")
    asked = {"client": shown.slug, "milestone": shown.milestone, "zone": shown.zone}
    return redirect(f"{page}?{urlencode(asked)}")
