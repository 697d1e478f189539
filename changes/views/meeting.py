"""The weekly meeting: its page, its live part, and every act in it."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from changes.actions import agenda, between, board, interests, meetings
from changes.forms.board import DecisionForm, InterestForm, TextForm, VoteForm, item_forms
from changes.models import AgendaItem, Change, Meeting, MeetingRule, Membership, Substitute
from changes.queries.between import on_the_board
from changes.queries.meeting import etag, picture


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
    return _page(request, meeting, shown=_shown(request))


@may("changes.read", on=Meeting)
def live(request: Visit, meeting: Meeting) -> HttpResponse:
    now, shown = clock.now(), _shown(request)
    tag = etag(meeting, reader=request.user.pk, item=shown)
    if request.headers.get("If-None-Match") == f'"{tag}"':
        answer = HttpResponse(status=304)
    else:
        answer = render(request, "changes/_meeting_live.html", _picture(request, meeting, shown))
    answer["ETag"], answer["Cache-Control"] = f'"{tag}"', "private, no-cache"
    answer["X-Platform-Now"] = now.isoformat(timespec="milliseconds")
    return answer


def _shown(request: Visit) -> int | None:
    """The item that this reader looks at instead of the current one."""
    wanted = request.GET.get("item", "")
    return int(wanted) if wanted.isdigit() else None


def _picture(request: Visit, meeting: Meeting, shown: int | None) -> dict[str, Any]:
    tag = etag(meeting, reader=request.user.pk, item=shown)
    seen = picture(meeting, person=request.user, now=clock.now(), shown=shown)
    forms = item_forms(seen.current)
    return {"meeting": meeting, "seen": seen, "shown": shown, "etag": tag, "note_form": TextForm(), **forms}


def _page(
    request: Visit, meeting: Meeting, *, shown: int | None, status: int = 200, **forms: Form
) -> HttpResponse:
    seen = _picture(request, meeting, shown) | forms
    seen["faulty"] = next(iter(forms.values()), None)
    return render(request, "changes/meeting_detail.html", seen, status=status)


@require_POST
@may("changes.lead_meeting", on=Meeting, by=("on",))
def lead(request: Visit, meeting: Meeting, act: str) -> HttpResponse:
    """Start, take over, or end; what the ended meeting did not decide goes on the next agenda."""
    verbs = {"start": meetings.start, "take_over": meetings.take_over, "end": meetings.end}
    now = clock.now()
    if act == "end" and meeting.state == Meeting.State.LIVE:
        between.conclude(meeting, by=request.user, at=now)
    done = verbs[act](meeting, by=request.user, at=now)
    if act == "end":
        agenda.carry_over(done, by=request.user, at=now)
    return redirect(done)


@require_POST
@may("changes.lead_meeting", on=AgendaItem.objects.with_meeting)
def show(request: Visit, item: AgendaItem) -> HttpResponse:
    return redirect(meetings.move_on(item.meeting, item, by=request.user, at=clock.now()))


@require_POST
@may("changes.lead_meeting", on=AgendaItem.objects.with_meeting)
def open_vote(request: Visit, item: AgendaItem) -> HttpResponse:
    return redirect(meetings.open_vote(item, by=request.user, at=clock.now()).meeting)


def _place_of(item: AgendaItem) -> Change | Meeting:
    """Where it is voted on: in the meeting, or between meetings on the page of the change."""
    return item.change if item.change and item.meeting.state == "planned" else item.meeting


@require_POST
@may("changes.vote", on=AgendaItem.objects.with_meeting)
def vote(request: Visit, item: AgendaItem) -> HttpResponse:
    form = VoteForm(request.POST)
    tried = attempt(form, lambda **typed: between.vote(item, **typed, by=request.user, at=clock.now()))
    if tried.done:
        return redirect(_place_of(item))
    return _page(request, item.meeting, shown=item.pk, status=tried.status, vote_form=form)


@require_POST
@may("changes.declare_conflict", on=AgendaItem.objects.with_meeting)
def declare(request: Visit, item: AgendaItem) -> HttpResponse:
    form = InterestForm(request.POST)
    tried = attempt(form, partial(interests.declare, item, by=request.user, at=clock.now()))
    if tried.done:
        return redirect(item.meeting)
    return _page(request, item.meeting, shown=item.pk, status=tried.status, interest_form=form)


@require_POST
@may("changes.declare_conflict", on=AgendaItem.objects.with_meeting)
def take_back(request: Visit, item: AgendaItem) -> HttpResponse:
    interests.take_back(item, by=request.user, at=clock.now())
    return redirect(item.meeting)


@require_POST
@may("changes.decide", on=AgendaItem.objects.with_meeting)
def decide(request: Visit, item: AgendaItem) -> HttpResponse:
    form = DecisionForm(request.POST)
    tried = attempt(form, lambda **typed: between.decide(item, **typed, by=request.user, at=clock.now()))
    if tried.done:
        return redirect(_place_of(item))
    return _page(request, item.meeting, shown=item.pk, status=tried.status, decision_form=form)


@require_POST
@may("changes.ask", on=AgendaItem.objects.with_meeting)
def note(request: Visit, item: AgendaItem) -> HttpResponse:
    form = TextForm(request.POST)
    tried = attempt(form, lambda text: board.note(item, text=text, by=request.user, at=clock.now()))
    if tried.done:
        return redirect(item.meeting)
    return _page(request, item.meeting, shown=item.pk, status=tried.status, note_form=form)
