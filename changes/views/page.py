"""The page of one change."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.people.gate import Visit, may
from changeboard.people.models import Person
from changeboard.people.queries.named import Names
from changes import history_labels
from changes.actions import news as marks
from changes.contributor import ChangesContributor
from changes.forms.acts import RideForm
from changes.forms.board import item_forms
from changes.models import Change
from changes.queries import between, mentions, news, page, panels, talk, templates, timeline
from maintenance.contributions import Panel, contributors
from maintenance.models import Window


@may("changes.read", on=Change.objects.for_its_page)
def detail(request: Visit, change: Change) -> HttpResponse:
    shown = picture(change, person=request.user, now=clock.now())
    # A look at the page reads its news; only a GET of the page itself, never a refused act drawn again.
    marks.open_change(change, by=request.user, newest=shown["page"].history.newest)
    return render(request, "changes/change_detail.html", shown)


def picture(change: Change, *, person: Person, now: datetime) -> dict[str, Any]:
    """What the template of the page draws."""
    names = Names()
    board = panels.panels(change, person=person, names=names)
    shown = page.page(change, person=person, now=now, board=board.waits, names=names)
    names.put()
    voted_on = between.between(change, board.items, person=person, now=now)
    return item_forms(voted_on.current) | {
        "between": voted_on,
        "change": change,
        "board": board,
        "page": shown,
        "talk": talk.talk(shown.comments, person=person, now=now),
        "names": mentions.names([change.why, *board.texts, *shown.texts]),
        "ride": RideForm(now=now, initial={"window": change.window_id}) if "ride" in shown.acts else None,
        "upper_panels": panels_above(change, person),
        "followers": news.followers(change, reader=person),
        "left_template": templates.departure(change),
        "may_word": person.has_perm("changes.word_paragraph", change),
        "may_sign": person.has_perm("changes.sign_paragraph", change),
    }


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
