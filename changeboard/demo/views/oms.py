"""A sample order screen of a client: what the people who place orders see."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from changeboard.demo import order_system
from changeboard.demo.models import DemoKey
from changeboard.people.gate import Visit, may


def keys() -> QuerySet[DemoKey]:
    return DemoKey.objects.select_related("client")


@require_safe
@may("demo.use")
def order_systems(request: Visit) -> HttpResponse:
    if slug := request.GET.get("client"):
        return redirect("demo:order_screen", slug)
    return render(request, "demo/order_systems.html", {"keys": keys()})


@require_safe
@may("demo.use", on=keys)
def order_screen(request: Visit, key: DemoKey) -> HttpResponse:
    return render(request, "demo/order_screen.html", {"key": key, "keys": keys()})


@require_safe
@may("demo.use", on=keys)
def status(request: Visit, key: DemoKey) -> HttpResponse:
    return _handed_on(order_system.ask(key, etag=request.headers.get("If-None-Match", "")))


# The script is the product's own and knows no cookie of ours; what it posts is a report, nothing more.
@csrf_exempt
@require_POST
@may("demo.use", on=keys, by=["client__slug"])
def report(request: Visit, key: DemoKey, what: str) -> HttpResponse:
    return _handed_on(order_system.report(key, what, request.body))


def _handed_on(passed) -> HttpResponse:
    response = HttpResponse(passed.body, status=passed.status, headers=passed.headers)
    response["Content-Type"] = "application/json"
    return response
