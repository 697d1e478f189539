"""Who is there: present by a click, apologies sent, and what whoever leads the meeting notes of others."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.people.gate import Visit, may
from changeboard.people.models import Person
from changes.actions import attendance, meetings
from changes.models import Meeting
from changes.views.meeting_screen import lead


@require_POST
@may("changes.read", on=Meeting)
def attend(request: Visit, meeting: Meeting) -> HttpResponse:
    meetings.attend(meeting, by=request.user, at=clock.now())
    return redirect(meeting)


@require_POST
@may("changes.read", on=Meeting)
def excuse(request: Visit, meeting: Meeting) -> HttpResponse:
    words = " ".join(request.POST.get("reason", "").split())[:200]
    verb = partial(attendance.excuse, meeting, reason=words, by=request.user, at=clock.now())
    return lead(request, meeting, verb, name="excuse_form")


@require_POST
@may("changes.read", on=Meeting)
def come(request: Visit, meeting: Meeting) -> HttpResponse:
    attendance.come_after_all(meeting, by=request.user, at=clock.now())
    return redirect(meeting)


@require_POST
@may("changes.lead_meeting", on=Meeting, by=("on",))
def tick(request: Visit, meeting: Meeting, person: int) -> HttpResponse:
    who, state = get_object_or_404(Person, pk=person), request.POST.get("state", "")
    verb = partial(attendance.tick, meeting, who, state=state, by=request.user, at=clock.now())
    return lead(request, meeting, verb, name="tick_form", who=who.pk)
