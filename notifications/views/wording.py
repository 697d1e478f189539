"""The words that clients read: the window's paragraph, its signature, previews and tests."""

from functools import partial

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
from notifications.forms.notices import SignOffForm, WordsForm
from notifications.queries import previews

WINDOWS = Window.objects.for_pages


@may("notifications.preview", on=WINDOWS)
def words(request: Visit, window: Window) -> HttpResponse:
    found = previews.words_of(window)
    form = WordsForm(typed(request), initial={"paragraph": found.paragraph, "version": found.version})
    if request.method == "POST" and not request.user.has_perm("notifications.word"):
        return redirect("notifications:words", window.reference)
    tried = attempt(form, partial(verbs.write, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "Saved. Clients read it once marketing has signed it off.")
        return redirect("notifications:words", window.reference)
    return _words(request, window, found, form, tried.status)


def _words(request, window, found, form, status) -> HttpResponse:
    picture = {"window": window, "words": found, "form": form}
    return render(request, "notices/pages/words.html", picture, status=status)


@require_POST
@may("notifications.sign_off", on=WINDOWS)
def sign_off(request: Visit, window: Window) -> HttpResponse:
    form = SignOffForm(typed(request))
    tried = attempt(form, partial(verbs.sign_off, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "Signed off: it stands in every notice from now on.")
        return redirect("notifications:words", window.reference)
    return _words(request, window, previews.words_of(window), form, tried.status)


@require_safe
@may("notifications.preview", on=WINDOWS)
def preview(request: Visit, window: Window) -> HttpResponse:
    shown = _chosen(window, request.GET)
    picture = {"window": window, "shown": shown}
    if shown.letter:
        picture |= {"html": press.fragment(shown.letter), "mail": press.mail(shown.letter)}
    return render(request, "notices/pages/preview.html", picture)


def _chosen(window, typed) -> previews.Preview:
    return previews.preview(window, typed.get("client", ""), typed.get("milestone", ""), clock.now())


@require_POST
@may("notifications.send_test", on=WINDOWS)
def send_test(request: Visit, window: Window) -> HttpResponse:
    shown, page = _chosen(window, request.POST), reverse("notifications:preview", args=[window.reference])
    if shown.contact is None:
        messages.error(request, "Choose a client with a contact.")
        return redirect(page)
    send = partial(testing.send, window, contact=shown.contact, milestone=shown.milestone)
    messages.success(request, f"Sent to you. The mail server said: {send(by=request.user, at=clock.now())}")
    return redirect(f"{page}?client={shown.slug}&milestone={shown.milestone}")
