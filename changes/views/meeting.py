"""The weekly meeting: its page, its live part, and every act in it."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from changes.actions import ending, meetings
from changes.models import AgendaItem, Meeting, MeetingRule, Membership, Substitute
from changes.queries.between import on_the_board
from changes.queries.meeting import etag
from changes.views import meeting_screen


@may("changes.read")
def board_page(request: Visit) -> HttpResponse:
    now = clock.now()
    today = clock.local_date(now, platform_time_zone())
    meetings.ensure_meetings(now=now)
    seen = {
        "ahead": Meeting.objects.to_come(now=now).with_counts()[:6],
        "rule": MeetingRule.objects.current(),
    }
    seen["between"] = on_the_board()
    seen["past"] = Meeting.objects.past(now=now).with_counts()[:12]
    seen["members"] = Membership.objects.on(today)
    seen["substitutes"] = Substitute.objects.on(today).select_related("person")
    return render(request, "changes/board_list.html", seen)


@may("changes.read", on=Meeting)
def meeting(request: Visit, meeting: Meeting) -> HttpResponse:
    meetings.join(meeting, by=request.user, at=clock.now())
    return meeting_screen.page(request, meeting, shown=meeting_screen.wanted(request))


@may("changes.read", on=Meeting)
def projector(request: Visit, meeting: Meeting) -> HttpResponse:
    """What the whole room reads from afar: it follows the meeting, and there is nothing to click."""
    seen = meeting_screen.drawn(request, meeting, None, face="wall")
    return render(request, "changes/meeting_wall.html", seen)


@may("changes.read", on=Meeting)
def live(request: Visit, meeting: Meeting) -> HttpResponse:
    now, shown = clock.now(), meeting_screen.wanted(request)
    face = "wall" if "wall" in request.GET else "desk"
    tag = etag(meeting, reader=request.user.pk, item=shown, face=face)
    if request.headers.get("If-None-Match") == f'"{tag}"':
        answer = HttpResponse(status=304)
    else:
        seen = meeting_screen.drawn(request, meeting, shown, face=face)
        answer = render(request, meeting_screen.FACES[face], seen)
    answer["ETag"], answer["Cache-Control"] = f'"{tag}"', "private, no-cache"
    answer["X-Platform-Now"] = now.isoformat(timespec="milliseconds")
    return answer


@require_POST
@may("changes.lead_meeting", on=Meeting, by=("on",))
def lead(request: Visit, meeting: Meeting, act: str) -> HttpResponse:
    """Start, take over, or end; what the ended meeting did not decide goes on the next agenda."""
    verbs = {"start": meetings.start, "take_over": meetings.take_over, "end": ending.end}
    verb = partial(verbs[act], meeting, by=request.user, at=clock.now())
    return meeting_screen.lead(request, meeting, verb, name=f"{act}_form")


@require_POST
@may("changes.lead_meeting", on=AgendaItem.objects.with_meeting)
def show(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(meetings.move_on, item.meeting, item, by=request.user, at=clock.now())
    return meeting_screen.act(request, item, verb)


@require_POST
@may("changes.lead_meeting", on=AgendaItem.objects.with_meeting)
def open_vote(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(meetings.open_vote, item, by=request.user, at=clock.now())
    return meeting_screen.act(request, item, verb)
