"""Substitutes: who sits in for whom, naming one's own, and ending that."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from changes.actions import substitutes
from changes.forms.meetings import SubstituteForm
from changes.models import Substitute
from changes.queries.substitutes import page


@may("changes.read")
def substitutes_list(request: Visit) -> HttpResponse:
    return _page(request, SubstituteForm(None, member=request.user))


@require_POST
@may("changes.name_substitute")
def name(request: Visit) -> HttpResponse:
    form = SubstituteForm(typed(request), member=request.user)
    tried = attempt(form, partial(substitutes.name, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{tried.result.person} sits in for you and gets the invitations by mail.")
        return redirect("changes:substitutes")
    return _page(request, form, status=tried.status)


@require_POST
@may("changes.end_substitute", on=Substitute)
def end(request: Visit, substitute: Substitute) -> HttpResponse:
    substitutes.end(substitute, by=request.user, at=clock.now())
    return redirect("changes:substitutes")


def _page(request: Visit, form: SubstituteForm, *, status: int = 200) -> HttpResponse:
    today = clock.local_date(clock.now(), platform_time_zone())
    seen = {"seen": page(request.user, today=today), "form": form, "today": today}
    return render(request, "changes/substitute_list.html", seen, status=status)
