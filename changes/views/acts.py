"""One verb each: submit, withdraw, ride, leave a window, approve an emergency."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changeboard.refusal import refuse
from changes.actions import emergency, filing, riding
from changes.forms.acts import ObjectionForm, ReasonForm, RideForm
from changes.models import Change
from changes.views.act_page import act_page


@require_POST
@may("changes.submit", on=Change)
def submit(request: HttpRequest, change: Change) -> HttpResponse:
    return redirect(filing.submit(change, by=request.user, at=clock.now()))


@require_POST
@may("changes.withdraw", on=Change)
def withdraw(request: HttpRequest, change: Change) -> HttpResponse:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return redirect(filing.withdraw(change, by=request.user, at=clock.now(), reason=reason))


@require_POST
@may("changes.ride", on=Change)
def ride(request: HttpRequest, change: Change) -> HttpResponse:
    now = clock.now()
    form = RideForm(request.POST, now=now)
    if not form.is_valid():
        raise refuse("change.window_is_not_open", at_field="window")
    riding.ride(change, form.cleaned_data["window"], by=request.user, at=now)
    return redirect(change)


@require_POST
@may("changes.ride", on=Change)
def unride(request: HttpRequest, change: Change) -> HttpResponse:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return redirect(riding.unride(change, by=request.user, at=clock.now(), reason=reason))


@require_POST
@may("changes.approve_emergency", on=Change)
def approve_emergency(request: HttpRequest, change: Change) -> HttpResponse:
    return redirect(emergency.approve(change, by=request.user, at=clock.now()))


@may("changes.approve_emergency", on=Change)
def object_to_emergency(request: Visit, change: Change) -> HttpResponse:
    form = ObjectionForm(typed(request))
    verb = partial(emergency.object_to, change, by=request.user, at=clock.now())
    return act_page(request, change, form, verb, "object", change.get_absolute_url())
