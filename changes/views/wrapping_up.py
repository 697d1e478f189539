"""Review and close."""

from functools import partial

from django.http import HttpResponse

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changes.actions import wrapping_up
from changes.forms.board import CloseForm, ReviewForm
from changes.models import Change
from changes.views.act_page import act_page


@may("changes.review", on=Change)
def review(request: Visit, change: Change) -> HttpResponse:
    verb = partial(wrapping_up.review, change, by=request.user, at=clock.now())
    window = change.window
    down = window.actual_downtime_seconds if window else 0
    form = ReviewForm(typed(request), initial={"actual_downtime_seconds": down or 0, "outcome": "as_planned"})
    return act_page(request, change, form, verb, "review", f"{change.get_absolute_url()}#review")


@may("changes.review", on=Change)
def close(request: Visit, change: Change) -> HttpResponse:
    verb = partial(wrapping_up.close, change, by=request.user, at=clock.now())
    form = CloseForm(typed(request), initial={"close_code": "successful"})
    return act_page(request, change, form, verb, "close", change.get_absolute_url())
