"""A meeting as it is drawn: the whole page, its live part, and the same again with what was refused."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from changeboard import clock
from changeboard.form_faults import attempt
from changeboard.people.gate import Visit
from changes.forms.board import item_forms
from changes.forms.in_meeting import talk_forms
from changes.models import AgendaItem, Change, Meeting
from changes.queries.meeting import etag, picture

FACES = {"desk": "changes/_meeting_live.html", "wall": "changes/_meeting_wall.html"}


def wanted(request: Visit) -> int | None:
    """The item that this reader looks at instead of the current one."""
    asked = request.GET.get("item", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def drawn(request: Visit, meeting: Meeting, shown: int | None, *, face: str = "desk") -> dict[str, Any]:
    tag = etag(meeting, reader=request.user.pk, item=shown, face=face)
    seen = picture(meeting, person=request.user, now=clock.now(), shown=shown)
    forms = item_forms(seen.current) | talk_forms(seen)
    return {"meeting": meeting, "seen": seen, "shown": shown, "etag": tag, **forms}


def page(
    request: Visit, meeting: Meeting, *, shown: int | None, status: int = 200, **forms: Form
) -> HttpResponse:
    """The page; of a form that was sent from it, only the live part that it changes."""
    seen = drawn(request, meeting, shown) | forms
    seen["faulty"] = next(iter(forms.values()), None)
    is_part = request.headers.get("HX-Request") == "true"
    if not is_part:
        return render(request, "changes/meeting_detail.html", seen, status=status)
    answer = render(request, FACES["desk"], seen, status=status)
    if status >= 400:
        # htmx would show the address that a boosted form was sent to, and loading that anew answers 405.
        answer["HX-Push-Url"] = "false"
    return answer


def act(
    request: Visit,
    item: AgendaItem,
    verb: Callable[..., Any],
    *,
    form: Form | None = None,
    name: str = "form",
) -> HttpResponse:
    """Do it, and back to where it was asked for. Refused, the meeting again with every fault beside the form;
    whoever looked at the current item still follows the meeting."""
    form = Form(request.POST) if form is None else form
    tried = attempt(form, verb)
    meeting = Meeting.objects.get(pk=item.meeting_id)
    if tried.done:
        return redirect(place_of(item, meeting, follows="follows" in request.POST))
    shown = None if meeting.current_item_id == item.pk else item.pk
    return page(request, meeting, shown=shown, status=tried.status, **{name: form})


def lead(
    request: Visit, meeting: Meeting, verb: Callable[..., Any], *, name: str, who: int = 0
) -> HttpResponse:
    """The same for an act on the meeting itself, by a button alone: its fault stands beside the button,
    on the roll at the line of the person `who`."""
    form = Form(request.POST)
    tried = attempt(form, verb)
    if tried.done:
        return redirect(meeting)
    shown = Meeting.objects.get(pk=meeting.pk)
    form.who = who
    return page(request, shown, shown=None, status=tried.status, **{name: form})


def place_of(item: AgendaItem, meeting: Meeting, *, follows: bool = False) -> Change | str:
    """Where it is voted on: between meetings on the page of the change, else in the meeting, at the item or,
    for whoever `follows`, at what everybody sees by now."""
    if meeting.state == Meeting.State.PLANNED and item.change and item.electronic_votes.exists():
        return item.change
    address = meeting.get_absolute_url()
    return address if follows or meeting.current_item_id == item.pk else f"{address}?item={item.pk}"
