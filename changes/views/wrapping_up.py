"""Review, close, and link what went wrong."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from changeboard import clock, time_words, words
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changes.actions import wrapping_up
from changes.domain import closing
from changes.forms.wrapping_up import CloseForm, ReviewForm, TroubleForm
from changes.models import Change, Review
from changes.queries.wrap_up import carried_out
from changes.views.act_page import act_page


@may("changes.review", on=Change)
def review(request: Visit, change: Change) -> HttpResponse:
    verb = partial(wrapping_up.review, change, by=request.user, at=clock.now())
    form = ReviewForm(typed(request), initial=_so_far(change), measured=_measured(change))
    return act_page(request, change, form, verb, "review", _back(change))


@may("changes.review", on=Change)
def close(request: Visit, change: Change) -> HttpResponse:
    verb, was = partial(wrapping_up.close, change, by=request.user, at=clock.now()), carried_out(change)
    given = {"close_code": closing.first_code(was), "trouble_records": "\n".join(change.trouble_records)}
    needs = [] if was.reviewed else [words.sentence(each) for each in closing.needs_review(was)]
    form = CloseForm(typed(request), initial=given)
    return act_page(request, change, form, verb, "close", _back(change), was=was, needs=needs)


@may("changes.review", on=Change)
def link_trouble(request: Visit, change: Change) -> HttpResponse:
    verb = partial(wrapping_up.link_trouble, change, by=request.user, at=clock.now())
    return act_page(request, change, TroubleForm(typed(request)), verb, "trouble", _back(change))


@require_POST
@may("changes.review", on=Change)
def unlink_trouble(request: HttpRequest, change: Change) -> HttpResponse:
    wrapping_up.unlink_trouble(
        change, trouble_record=request.POST.get("record", ""), by=request.user, at=clock.now()
    )
    return redirect(_back(change))


def _so_far(change: Change) -> dict[str, object]:
    """The review as it stands; before there is one, the stopwatch's figure and how the window ended."""
    written = Review.objects.filter(change=change).first()
    if written is not None:
        return {name: getattr(written, name) for name in ("outcome", "actual_downtime_seconds", "learned")}
    down = change.window.actual_downtime_seconds if change.window else 0
    backed_out = change.state == "backed_out"
    return {"outcome": "backed_out" if backed_out else "as_planned", "actual_downtime_seconds": down or 0}


def _measured(change: Change) -> str:
    window = change.window
    if window is None or window.actual_downtime_seconds is None:
        return "Minutes and seconds, like 0:30."
    down = time_words.minutes_and_seconds(window.actual_downtime_seconds)
    return f"Minutes and seconds. The stopwatch of {window} says {down}."


def _back(change: Change) -> str:
    return f"{change.get_absolute_url()}#review"
