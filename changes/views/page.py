"""The page of one change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.people.gate import may
from changes.forms.acts import RideForm
from changes.models import Change
from changes.queries import page, timeline
from maintenance.models import Window


@may("changes.read", on=Change.objects.for_pages)
def detail(request: HttpRequest, change: Change) -> HttpResponse:
    now = clock.now()
    picture = {"page": page.page(change, person=request.user, now=now), "ride": RideForm(now=now)}
    return render(request, "changes/change_detail.html", {"change": change, **picture})


@may("changes.read", on=Change)
def history(request: HttpRequest, change: Change) -> HttpResponse:
    entries = timeline.timeline(change, most=1000)
    return render(request, "changes/change_history.html", {"change": change, "history": entries})


@may("changes.read", on=Window)
def aboard(request: HttpRequest, window: Window) -> HttpResponse:
    changes = Change.objects.asking_for(window).for_pages().order_by("number")
    return render(request, "changes/panels/aboard.html", {"window": window, "changes": changes})
