"""Freezes: listed, declared, changed and lifted; what that does to windows is shown before it is done."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from changeboard import clock
from changeboard.form_faults import Attempt, attempt, typed
from changeboard.people.gate import Visit, may
from maintenance.actions import freezing
from maintenance.forms.freezes import FreezeForm, as_typed
from maintenance.models import Freeze
from maintenance.queries import holds

SHOWN = 25


@may("maintenance.read")
def freezes(request: Visit) -> HttpResponse:
    now = clock.now()
    ahead = holds.lines(list(Freeze.objects.ahead(now=now)))
    over = Freeze.objects.over(now=now)[:SHOWN]
    return render(request, "maintenance/freeze_list.html", {"ahead": ahead, "over": over})


@may("maintenance.freeze")
def new_freeze(request: Visit) -> HttpResponse:
    return _write(request, FreezeForm(typed(request)), freezing.create, None)


@may("maintenance.freeze", on=Freeze.objects.in_force)
def edit_freeze(request: Visit, freeze: Freeze) -> HttpResponse:
    form = FreezeForm(typed(request), initial=as_typed(freeze))
    return _write(request, form, partial(freezing.change, freeze), freeze)


def _write(request, form, verb, freeze) -> HttpResponse:
    hits, is_preview = _hits(form, freeze), "preview" in request.POST
    seen = holds.fingerprint(hits)
    asks = is_preview or (bool(hits) and request.POST.get("seen") != seen)
    tried = Attempt() if asks else attempt(form, partial(verb, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{tried.result} is {'changed' if freeze else 'declared'}.")
        return redirect("maintenance:freezes")
    picture = {"form": form, "freeze": freeze, "hits": hits, "seen": seen, "asks": asks and not is_preview}
    return render(request, "maintenance/freeze_form.html", picture, status=tried.status)


def _hits(form, freeze) -> list[holds.HitWindow]:
    """What the freeze hits as it is typed; nothing while that is not a freeze yet."""
    if not form.is_bound:
        return []
    wanted = form.cleaned_data if form.is_valid() else {}
    if not wanted or wanted["ends_at"] <= wanted["starts_at"]:
        return []
    span = wanted["starts_at"], wanted["ends_at"]
    return holds.hit_by(*span, list(wanted["systems"]), hard=wanted["hard"], freeze=freeze)


@may("maintenance.freeze", on=Freeze)
def lift(request: Visit, freeze: Freeze) -> HttpResponse:
    if request.method != "POST":
        hits = holds.let_go_by(freeze)
        return render(request, "maintenance/freeze_lift.html", {"freeze": freeze, "hits": hits, "seen": None})
    freezing.lift(freeze, by=request.user, at=clock.now())
    messages.success(request, f"{freeze} is lifted.")
    return redirect("maintenance:freezes")
