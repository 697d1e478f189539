"""When the board meets: the rule with its next dates, and single meetings moved, cancelled, held after all."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import Attempt, attempt, typed
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from changes.actions import rescheduling
from changes.forms.meetings import CancelForm, MoveForm, RuleForm
from changes.models import Meeting, MeetingRule
from changes.queries.meeting_dates import coming


@may("changes.arrange_meetings")
def rule(request: Visit) -> HttpResponse:
    """The rule and the dates it gives; `preview` shows those of what is typed and writes nothing."""
    now, form = clock.now(), RuleForm(typed(request), rule=MeetingRule.objects.current())
    looks = "preview" in request.POST
    verb = partial(rescheduling.set_rule, by=request.user, at=now)
    tried = Attempt(200 if form.is_valid() else 400) if looks else attempt(form, verb)
    if tried.done:
        messages.success(request, "The rule is changed. Meetings that nobody moved by hand follow it.")
        return redirect("changes:board")
    as_typed = form.typed_rule()
    seen = {"form": form, "dates": coming(as_typed, now=now) if as_typed else []}
    return render(request, "changes/meeting_rule.html", seen, status=tried.status)


@may("changes.arrange_meetings", on=Meeting, by=("on",))
def move(request: Visit, meeting: Meeting) -> HttpResponse:
    there = clock.local(meeting.starts_at, platform_time_zone())
    form = MoveForm(typed(request), initial={"on": there.date(), "start_time": there.time()})
    tried = attempt(form, partial(rescheduling.move, meeting, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "The meeting is moved. Its members are told.")
        return redirect(tried.result)
    seen = {"form": form, "meeting": meeting, "act": "move"}
    return render(request, "changes/meeting_act.html", seen, status=tried.status)


@may("changes.arrange_meetings", on=Meeting, by=("on",))
def cancel(request: Visit, meeting: Meeting) -> HttpResponse:
    form = CancelForm(typed(request))
    tried = attempt(form, partial(rescheduling.cancel, meeting, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "The meeting is cancelled. What was before it goes before the next one.")
        return redirect("changes:board")
    seen = {"form": form, "meeting": meeting, "act": "cancel"}
    return render(request, "changes/meeting_act.html", seen, status=tried.status)


@require_POST
@may("changes.arrange_meetings", on=Meeting, by=("on",))
def hold(request: Visit, meeting: Meeting) -> HttpResponse:
    return redirect(rescheduling.hold(meeting, by=request.user, at=clock.now()))
