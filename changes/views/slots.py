"""Slots that fit a change: found, asked for, wished for, declined."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changeboard.refusal import refuse
from changes.actions import wishing
from changes.forms.slots import AskForm, DeclineForm, WishForm, form_for
from changes.models import Change, WindowWish
from changes.queries.claims import KIND
from changes.queries.window_wish import wished
from changes.views.act_page import act_page
from maintenance.queries import lists
from maintenance.queries.slot_lines import SHOWN, Lines
from maintenance.queries.slots import answer

ACTS = {"act": "changes/_slot_act.html", "ride_act": "changes/_ride_act.html"}
# Every day of the horizon.
ALL = 400


@require_safe
@may("changes.read", on=Change.objects.for_its_page)
def slots(request: Visit, change: Change) -> HttpResponse:
    now = clock.now()
    form = form_for(change, request.GET, now=now)
    picture = {"form": form, "change": change, "wished": wished(change, person=request.user)}
    if not form.is_valid():
        return render(request, "changes/slots.html", picture, status=400)
    found = answer(replace(form.question(now=now), own=(KIND, change.pk)), now=now)
    lines = Lines(found, lists.systems(), most=ALL if "all" in request.GET else SHOWN)
    return render(request, "changes/slots.html", {**picture, **ACTS, "found": lines, "wish": found.wish})


@require_safe
@may("changes.read", on=Change)
def window_wish(request: Visit, change: Change) -> HttpResponse:
    picture = {"change": change, "wished": wished(change, person=request.user), "form": DeclineForm()}
    return render(request, "changes/panels/window_wish.html", picture)


@require_POST
@may("changes.edit", on=Change)
def ask_for_window(request: Visit, change: Change) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        raise refuse("change.window_is_not_open", at_field="window")
    return redirect(wishing.ask_for(change, form.cleaned_data["window"], by=request.user, at=clock.now()))


@require_POST
@may("changes.edit", on=Change)
def wish(request: Visit, change: Change) -> HttpResponse:
    form = WishForm(request.POST)
    if not form.is_valid():
        raise refuse("wish.not_a_slot")
    wishing.wish(change, **form.cleaned_data, by=request.user, at=clock.now())
    return redirect(f"{change.get_absolute_url()}#window-wish")


@require_POST
@may("changes.edit", on=WindowWish)
def take_back(request: Visit, wish: WindowWish) -> HttpResponse:
    wishing.take_back(wish, by=request.user, at=clock.now())
    return redirect(wish.change)


@may("maintenance.create_window", on=WindowWish)
def decline(request: Visit, wish: WindowWish) -> HttpResponse:
    verb = partial(wishing.decline, wish, by=request.user, at=clock.now())
    back = f"{wish.change.get_absolute_url()}#window-wish"
    return act_page(request, wish.change, DeclineForm(typed(request)), verb, "decline_wish", back)
