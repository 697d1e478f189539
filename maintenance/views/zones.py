"""What the zone data would move, and the deliberate act that moves it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from maintenance.actions import zones as verbs
from maintenance.forms.zones import FollowForm
from maintenance.models import Window
from maintenance.queries import told
from maintenance.queries import zones as pictures


@require_safe
@may("maintenance.read")
def zones(request: Visit) -> HttpResponse:
    now = clock.now()
    picture = {"drifts": pictures.drifts(now=now), "windows": pictures.ahead(now=now)}
    return render(request, "maintenance/zone_list.html", picture | {"zone_data": clock.zone_data()})


@may("maintenance.move_window", on=Window.objects.for_pages)
def follow(request: Visit, window: Window) -> HttpResponse:
    reason = f"The zone data changed ({clock.zone_data()}): the wall time stays, the instant does not."
    first = {"seen": window.revision, "reason": reason}
    form = FollowForm(typed(request), initial=first, told=told.by_window([window])[window.pk])
    tried = attempt(form, partial(verbs.follow, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{window} follows its wall time. Whoever was told is told of it.")
        return redirect(window)
    picture = {"form": form, "window": window, "slot": pictures.derived(window)}
    return render(request, "maintenance/zone_follow.html", picture, status=tried.status)
