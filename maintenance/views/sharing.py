"""A window's downtime budget, split among what rides on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from maintenance.actions import sharing
from maintenance.forms.shares import SharesForm
from maintenance.models import Window
from maintenance.queries.claims import claims
from maintenance.queries.readiness import sums_of
from maintenance.queries.shares import portions


@may("maintenance.move_window", on=Window.objects.for_pages)
def shares(request: Visit, window: Window) -> HttpResponse:
    wanted = claims(window)
    form = SharesForm(typed(request), portions=portions(window, wanted))

    def split(reason: str, **_: object) -> Window:
        return sharing.split(window, form.shares(), reason=reason, by=request.user, at=clock.now())

    tried = attempt(form, split)
    if tried.done:
        messages.success(request, f"The budget of {window} is split.")
        return redirect(f"{window.get_absolute_url()}#downtime")
    shown = {"form": form, "window": window, "sums": sums_of(window, wanted)}
    return render(request, "maintenance/window_shares.html", shown, status=tried.status)
