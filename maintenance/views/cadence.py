"""Cadences: each system's, begun, changed with a look at what would move, ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.directory.models import System
from changeboard.form_faults import attempt, show, typed
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from changeboard.refusal import Refusal
from maintenance.actions import cadence_editing
from maintenance.forms.cadence import CadenceForm, EndForm
from maintenance.models import Cadence
from maintenance.queries import cadences as pictures

PAGE, CONFIRM = "maintenance/cadence_form.html", "maintenance/cadence_confirm.html"


@require_safe
@may("maintenance.edit_cadence")
def cadences(request: Visit) -> HttpResponse:
    return render(request, "maintenance/cadence_list.html", {"lines": pictures.listed(now=clock.now())})


@may("maintenance.edit_cadence", on=System)
def cadence(request: Visit, system: System) -> HttpResponse:
    """The form; “preview” shows the dates, “save” what would move, and “confirm” writes what was shown."""
    now, row = clock.now(), Cadence.objects.active().filter(system=system).first()
    today = clock.local_date(now, platform_time_zone())
    form = CadenceForm(typed(request), system=system, cadence=row, today=today)
    shown = {"form": form, "system": system, "cadence": row}
    if not form.is_bound:
        shown |= {"preview": pictures.preview(row, now=now)} if row else {}
        return render(request, PAGE, shown)
    try:
        return _save(request, form, shown, now)
    except Refusal as refusal:
        return _refused(request, shown, show(form, refusal))


def _refused(request: Visit, shown: dict, status: int) -> HttpResponse:
    """A preview of what is not complete yet is no fault."""
    return render(request, PAGE, shown, status=200 if "preview" in request.POST else status)


def _save(request: Visit, form: CadenceForm, shown: dict, now) -> HttpResponse:
    if not form.is_valid():
        return _refused(request, shown, 400)
    wanted, row = form.wanted(), form.cadence
    cadence_editing.refuse_faults(wanted, at=now)
    shown["preview"] = pictures.preview(wanted, now=now)
    if "preview" in request.POST:
        return render(request, PAGE, shown)
    if row is None:
        cadence_editing.begin(wanted, by=request.user, at=now)
        return _done(request, f"{form.system} has a cadence. Its windows are made.")
    return _change(request, form, shown | {"wanted": wanted}, now)


def _change(request: Visit, form: CadenceForm, shown: dict, now) -> HttpResponse:
    row, wanted, follows = shown["cadence"], shown["wanted"], form.moves_announced
    found = pictures.consequences(row, wanted, move_announced=follows, now=now)
    given = {"reason": form.cleaned_data["reason"], "move_announced": follows, "by": request.user, "at": now}
    if found.to_look_at and form.cleaned_data["seen"] != found.fingerprint:
        form.fields["reason"].required = True
        return render(request, CONFIRM, shown | {"found": found, "is_again": "confirm" in request.POST})
    cadence_editing.change(row, wanted, seen=found.fingerprint, **given)
    return _done(request, f"The cadence of {form.system} is changed.")


@may("maintenance.edit_cadence", on=System)
def end(request: Visit, system: System) -> HttpResponse:
    row = Cadence.objects.active().filter(system=system).first()
    if row is None:
        return _done(request, f"{system} has no cadence.")
    form = EndForm(typed(request))
    verb = cadence_editing.end
    tried = attempt(form, lambda reason: verb(row, reason=reason, by=request.user, at=clock.now()))
    if tried.done:
        return _done(request, f"The cadence of {system} has ended. Its windows stay.")
    shown = {"form": form, "system": system, "cadence": row, "ahead": pictures.ahead(row, now=clock.now())}
    return render(request, "maintenance/cadence_end.html", shown, status=tried.status)


def _done(request: Visit, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("maintenance:cadences")
