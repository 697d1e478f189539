"""Electronic votes between meetings: asked for, and called off. The votes themselves are those of the item."""

from datetime import timedelta
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from changes.actions import between
from changes.forms.acts import ElectronicVoteForm
from changes.models import Change
from changes.views.act_page import act_page

# What the form suggests.
DAY = timedelta(days=1)


@may("changes.decide", on=Change)
def ask(request: Visit, change: Change) -> HttpResponse:
    now = clock.now()
    tomorrow = clock.local(now + DAY, platform_time_zone())
    form = ElectronicVoteForm(
        typed(request), initial={"deadline_at": tomorrow.date(), "until": tomorrow.time()}
    )
    verb = partial(between.ask, change, by=request.user, at=now)
    back = f"{change.get_absolute_url()}#electronic-vote"
    return act_page(request, change, form, verb, "electronic_vote", back)


@require_POST
@may("changes.decide", on=Change)
def call_off(request: Visit, change: Change) -> HttpResponse:
    between.call_off(change, by=request.user, at=clock.now())
    return redirect(change)
