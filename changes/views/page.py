"""The page of one change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.people.gate import may
from changes import history_labels
from changes.contributor import ChangesContributor
from changes.forms.acts import RideForm
from changes.models import Change
from changes.queries import page, panels, templates, timeline
from maintenance.contributions import Panel, contributors
from maintenance.models import Window


@may("changes.read", on=Change.objects.for_pages)
def detail(request: HttpRequest, change: Change) -> HttpResponse:
    now = clock.now()
    picture = {
        "change": change,
        "board": panels.panels(change, person=request.user),
        "page": page.page(change, person=request.user, now=now),
        "ride": RideForm(now=now, initial={"window": change.window_id}),
        "upper_panels": panels_above(change, request.user),
        "left_template": templates.departure(change),
        "may_word": request.user.has_perm("changes.word_paragraph", change),
        "may_sign": request.user.has_perm("changes.sign_paragraph", change),
    }
    return render(request, "changes/change_detail.html", picture)


def panels_above(change: Change, person) -> list[Panel]:
    """What the floors above draw about the change's window, each at an address of its own."""
    above = [each for each in contributors() if not isinstance(each, ChangesContributor)]
    return [panel for each in above if change.window for panel in each.panels(change.window, person)]


# More than anybody reads; what is older is counted.
MOST = 1000


@may("changes.read", on=Change.objects.for_pages)
def history(request: HttpRequest, change: Change) -> HttpResponse:
    """Everything of one sort, or of all; an unknown sort is all."""
    only = request.GET.get("only", "")
    only = only if only in history_labels.SORTS else ""
    told = timeline.timeline(change, only=only, most=MOST)
    picture = {"change": change, "history": told, "only": only, "sorts": history_labels.SORTS, "most": MOST}
    return render(request, "changes/change_history.html", picture)


@may("changes.read", on=Window)
def aboard(request: HttpRequest, window: Window) -> HttpResponse:
    changes = Change.objects.asking_for(window).for_pages().order_by("number")
    return render(request, "changes/panels/aboard.html", {"window": window, "changes": changes})
