"""What stands against a window: answered for by name, and taken back."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from maintenance.actions import disposing
from maintenance.forms.conflicts import AnswerForm
from maintenance.models import Window
from maintenance.queries import conflicts

WINDOWS = Window.objects.for_pages


@may("maintenance.waive", on=WINDOWS)
def answer(request: Visit, window: Window) -> HttpResponse:
    form = AnswerForm(typed(request), initial=request.GET.dict())
    tried = attempt(form, partial(disposing.dispose, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "It is on record with your name.")
        return redirect(f"{window.get_absolute_url()}#conflicts")
    standing = conflicts.one(window, kind=form["kind"].value(), about=form["about"].value())
    picture = {"form": form, "window": window, "standing": standing}
    return render(request, "maintenance/conflict_form.html", picture, status=tried.status)


@require_POST
@may("maintenance.waive", on=WINDOWS, by=["reference"])
def withdraw(request: Visit, window: Window, pk: int) -> HttpResponse:
    disposing.withdraw(get_object_or_404(window.waivers, pk=pk), by=request.user, at=clock.now())
    messages.success(request, "Taken back: it stands against the window again.")
    return redirect(f"{window.get_absolute_url()}#conflicts")
