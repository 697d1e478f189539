"""One delivery with its proof, and what client services do with it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from notifications.actions import holding
from notifications.domain import lifecycle
from notifications.forms.notices import CallForm, WaiveForm, WhyForm
from notifications.models import Delivery
from notifications.queries import acts

DELIVERIES = Delivery.objects.for_pages


@require_safe
@may("notifications.read", on=DELIVERIES)
def delivery(request: Visit, delivery: Delivery) -> HttpResponse:
    return _page(request, delivery)


def _page(request, delivery, *, status=200, **forms) -> HttpResponse:
    picture = {"delivery": delivery, "attempts": delivery.attempts.select_related("by")}
    picture |= {
        "legal": lifecycle.legal(delivery.state),
        "waive": WaiveForm(),
        "call": CallForm(),
        "why": WhyForm(auto_id="why_%s"),
    }
    picture |= {"acts": acts.of_delivery(delivery)}
    return render(request, "notices/pages/delivery_detail.html", {**picture, **forms}, status=status)


@require_POST
@may("notifications.hold", on=DELIVERIES)
def hold(request: Visit, delivery: Delivery) -> HttpResponse:
    form = WhyForm(request.POST)
    why = form.cleaned_data["reason"] if form.is_valid() else ""
    holding.hold(delivery, reason=why, by=request.user, at=clock.now())
    messages.success(request, "Held: it goes out only when somebody releases it.")
    return redirect("notifications:delivery", delivery.pk)


@require_POST
@may("notifications.release", on=DELIVERIES)
def release(request: Visit, delivery: Delivery) -> HttpResponse:
    form = WhyForm(request.POST)
    why = form.cleaned_data["reason"] if form.is_valid() else ""
    holding.release(delivery, reason=why, by=request.user, at=clock.now())
    messages.success(request, "Released: it goes out when it is due.")
    return redirect("notifications:delivery", delivery.pk)


@require_POST
@may("notifications.resend", on=DELIVERIES)
def resend(request: Visit, delivery: Delivery) -> HttpResponse:
    form = WhyForm(request.POST)
    why = form.cleaned_data["reason"] if form.is_valid() else ""
    holding.resend(delivery, reason=why, by=request.user, at=clock.now())
    messages.success(request, "It goes out again at once.")
    return redirect("notifications:delivery", delivery.pk)


@require_POST
@may("notifications.waive", on=DELIVERIES)
def waive(request: Visit, delivery: Delivery) -> HttpResponse:
    form = WaiveForm(typed(request))
    tried = attempt(form, partial(holding.waive, delivery, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "Waived, with your reason.")
        return redirect("notifications:delivery", delivery.pk)
    return _page(request, delivery, status=tried.status, waive=form)


@require_POST
@may("notifications.log_call", on=DELIVERIES)
def log_call(request: Visit, delivery: Delivery) -> HttpResponse:
    form = CallForm(typed(request))
    tried = attempt(form, partial(holding.log_call, delivery, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "The call is logged: they were told.")
        return redirect("notifications:delivery", delivery.pk)
    return _page(request, delivery, status=tried.status, call=form)
