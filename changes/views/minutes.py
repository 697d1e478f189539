"""The minutes: an entry corrected with its history, and all of them approved in the next meeting."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changes.actions import minutes
from changes.forms.board import TextForm
from changes.models import Meeting, MinuteEntry
from changes.queries.minutes import corrections
from changes.queries.minutes_on_paper import sheet


@may("changes.keep_minutes", on=MinuteEntry)
def correct(request: Visit, entry: MinuteEntry) -> HttpResponse:
    form = TextForm(typed(request), label="What the minutes say", initial={"text": entry.text})
    tried = attempt(form, partial(minutes.correct, entry, by=request.user, at=clock.now()))
    if tried.done:
        return redirect(entry.minutes.meeting)
    seen = {"form": form, "entry": entry, "before": corrections(entry)}
    return render(request, "changes/minutes_form.html", seen, status=tried.status)


@may("changes.read", on=Meeting.objects.with_minutes, by=("on",))
def pdf(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The minutes as a file. Drafts may still be corrected, so that no copy is kept on the way."""
    made = sheet(meeting.minutes)
    response = HttpResponse(made.data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@may("changes.keep_minutes", on=Meeting.objects.with_minutes, by=("on",))
def approve(request: Visit, meeting: Meeting) -> HttpResponse:
    return redirect(minutes.approve(meeting.minutes, by=request.user, at=clock.now()).approved_in)
