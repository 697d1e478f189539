"""The agenda before the meeting: put into order by the chair, read as a pack."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.people.gate import Visit, may
from changes.actions import reading, reordering
from changes.forms.agenda import MoveForm
from changes.models import AgendaItem, Meeting
from changes.queries.pack import pack as pack_of


@may("changes.lead_meeting", on=Meeting)
def order(request: Visit, meeting: Meeting) -> HttpResponse:
    rows = meeting.items.filter(kind__in=AgendaItem.TO_DECIDE)
    items = list(rows.select_related("change__window__system", "template"))
    seen = {
        "meeting": meeting,
        "items": items,
        "moved": request.GET.get("moved"),
        "way": request.GET.get("way"),
    }
    return render(request, "changes/agenda_form.html", seen)


@require_POST
@may("changes.lead_meeting", on=Meeting)
def move(request: Visit, meeting: Meeting) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("Say which item moves, and where to.")
    wanted = form.cleaned_data
    item = get_object_or_404(AgendaItem, pk=wanted.pop("item"), meeting=meeting)
    reordering.move(item, **wanted, by=request.user, at=clock.now())
    way = "up" if "up" in request.POST["do"] else "down"
    return redirect(f"{reverse('changes:order', args=[meeting.on])}?moved={item.pk}&way={way}")


@require_POST
@may("changes.lead_meeting", on=Meeting)
def usual_order(request: Visit, meeting: Meeting) -> HttpResponse:
    reordering.usual_order(meeting, by=request.user, at=clock.now())
    return redirect("changes:order", meeting.on)


@may("changes.read", on=Meeting)
def pack(request: Visit, meeting: Meeting) -> HttpResponse:
    seen = {"meeting": meeting, "pack": pack_of(meeting, person=request.user)}
    return render(request, "changes/pack_print.html", seen)


@require_POST
@may("changes.read", on=AgendaItem.objects.with_meeting)
def read(request: Visit, item: AgendaItem) -> HttpResponse:
    """Mark as read, or take the mark back with `read=no`."""
    if request.POST.get("read") == "no":
        reading.take_back(item, by=request.user)
    else:
        reading.mark(item, by=request.user, at=clock.now())
    return redirect(f"{reverse('changes:pack', args=[item.meeting.on])}#item-{item.pk}")
