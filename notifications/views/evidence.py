"""The evidence of a window for an auditor: a page to print, its chain as CSV, and all of it as JSON."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import Visit, may
from maintenance.models import Window
from notifications import labels
from notifications.actions import sealing
from notifications.queries import evidence as evidences
from notifications.views.told import as_file

WINDOWS = Window.objects.for_pages


# What is younger than a round of the beat is sealed first, so that the page lacks nothing: a read that any
# number of readers may repeat.
@require_safe
@may("notifications.read", on=WINDOWS)
def evidence(request: Visit, window: Window) -> HttpResponse:
    now = clock.now()
    sealing.seal_window(window, now=now)
    found = evidences.evidence(window, now=now)
    picture = {"window": window, "found": found, "now": now, "heads": labels.TOTALS}
    return render(request, "notices/pages/evidence_print.html", picture)


@require_safe
@may("notifications.read", on=WINDOWS)
def evidence_csv(request: Visit, window: Window) -> HttpResponse:
    sealing.seal_window(window, now=clock.now())
    return as_file(f"evidence-{window.reference}.csv", evidences.HEADS, evidences.lines(window))


@require_safe
@may("notifications.read", on=WINDOWS)
def evidence_json(request: Visit, window: Window) -> HttpResponse:
    now = clock.now()
    sealing.seal_window(window, now=now)
    found = evidences.as_json(evidences.evidence(window, now=now), at=now, by=str(request.user))
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = content_disposition_header(True, f"evidence-{window.reference}.json")
    return response
