"""Freezes: listed, declared, lifted."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from maintenance.actions import freezing
from maintenance.forms.freezes import FreezeForm
from maintenance.models import Freeze


@may("maintenance.read")
def freezes(request: Visit) -> HttpResponse:
    now = clock.now()
    ahead = Freeze.objects.ahead(now=now)
    over = (
        Freeze.objects.exclude(pk__in=ahead.values("pk")).order_by("-starts_at").prefetch_related("systems")
    )
    return render(request, "maintenance/freeze_list.html", {"ahead": ahead, "over": over[:25]})


@may("maintenance.freeze")
def new_freeze(request: Visit) -> HttpResponse:
    form = FreezeForm(typed(request))
    tried = attempt(form, partial(freezing.create, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{tried.result} is declared.")
        return redirect("maintenance:freezes")
    return render(request, "maintenance/freeze_form.html", {"form": form}, status=tried.status)


@require_POST
@may("maintenance.freeze", on=Freeze)
def lift(request: Visit, freeze: Freeze) -> HttpResponse:
    freezing.lift(freeze, by=request.user, at=clock.now())
    messages.success(request, f"{freeze} is lifted.")
    return redirect("maintenance:freezes")
