"""Addresses to look at: asked by mail, confirmed by the reader's own press of a button or by telephone."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from changeboard import clock
from changeboard.directory.actions import contacts as directory
from changeboard.directory.models import Contact
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may, open_door
from notifications.actions import confirming
from notifications.domain import signing
from notifications.forms.notices import CallForm
from notifications.queries import addresses as pictures

PAGE_SIZE = 50
CONTACTS = Contact.objects.select_related("client", "group").all


@require_safe
@may("notifications.read")
def addresses(request: Visit) -> HttpResponse:
    windows = pictures.next_windows(now=clock.now())
    page = Paginator(pictures.to_look_at(windows), PAGE_SIZE).get_page(request.GET.get("page"))
    picture = {"page": page, "rows": pictures.rows(list(page.object_list), windows)}
    return render(request, "notices/pages/address_list.html", picture)


@require_POST
@may("notifications.confirm_address", on=CONTACTS)
def ask(request: Visit, contact: Contact) -> HttpResponse:
    confirming.ask(contact, by=request.user, at=clock.now())
    messages.success(
        request, f"{contact.shown_address} is asked to confirm. The mail goes out with the next round."
    )
    return redirect("notifications:addresses")


@require_POST
@may("notifications.confirm_address")
def ask_all(request: Visit) -> HttpResponse:
    now = clock.now()
    rows = pictures.to_look_at(pictures.next_windows(now=now)).filter(bounced_at=None, complained_at=None)
    asked = confirming.ask_all(rows, by=request.user, at=now)
    messages.success(request, f"{asked} asked by mail. Whoever was asked within a week is left in peace.")
    return redirect("notifications:addresses")


@may("notifications.confirm_address", on=CONTACTS)
def confirmed_by_phone(request: Visit, contact: Contact) -> HttpResponse:
    form = CallForm(typed(request))
    heard = {"address": request.POST.get("address", ""), "how": "phone"}
    verb = partial(directory.confirm_contact, contact, by=request.user, at=clock.now(), **heard)
    tried = attempt(form, verb)
    if tried.done:
        messages.success(request, f"{contact.shown_address} is confirmed.")
        return redirect("notifications:addresses")
    picture = {"form": form, "contact": contact}
    return render(request, "notices/pages/address_phone.html", picture, status=tried.status)


# Mail scanners follow every link: the page has a button, and only the press of it confirms.
@open_door
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, contact: int, word: str) -> HttpResponse:
    reader = get_object_or_404(CONTACTS(), pk=contact, active=True)
    if not signing.opens(word, settings.SECRET_KEY, signing.of_address(reader.address), reader.pk):
        raise Http404
    if request.method == "POST":
        reader = confirming.confirm(reader, address=reader.address, at=clock.now())
    picture = {"reader": reader, "platform": settings.PLATFORM_NAME}
    return render(request, "notices/pages/confirm_address.html", picture)
