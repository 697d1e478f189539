"""News: what happened to the changes that concern the reader; and following a change or not."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.people.gate import Visit, may
from changes.actions import news as marks
from changes.actions import talking
from changes.models import Change
from changes.queries import news as pictures

PAGE_SIZE = 30


@require_safe
@may("changes.read")
def news_list(request: Visit) -> HttpResponse:
    only = "unread" in request.GET
    events = (pictures.unread if only else pictures.heard)(request.user).select_related("by")
    page = Paginator(events.order_by("-at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = pictures.lines(page.object_list)
    newest = events.order_by("-pk").values_list("pk", flat=True).first()
    picture = {"page": page, "lines": lines, "only": only, "newest": newest}
    return render(request, "changes/news_list.html", picture)


@require_POST
@may("changes.read")
def read_all(request: Visit) -> HttpResponse:
    marks.read_all(by=request.user, up_to=whole(request.POST.get("up_to", "")))
    return redirect("changes:news")


@require_POST
@may("changes.read")
def read_one(request: Visit, pk: int) -> HttpResponse:
    event = get_object_or_404(pictures.heard(request.user), pk=pk)
    marks.read([event.subject_id], by=request.user, up_to=event.pk)
    return redirect("changes:news")


@require_POST
@may("changes.read", on=Change)
def watch(request: Visit, change: Change) -> HttpResponse:
    talking.follow(change, by=request.user, at=clock.now())
    return redirect(f"{change.get_absolute_url()}#followers")


@require_POST
@may("changes.read", on=Change)
def unwatch(request: Visit, change: Change) -> HttpResponse:
    talking.unfollow(change, by=request.user, at=clock.now())
    return redirect(f"{change.get_absolute_url()}#followers")


def whole(text: str) -> int:
    """An id as a form brings it; 0 for what is none, or larger than an id can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
