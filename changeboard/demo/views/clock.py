"""The control of the demonstration's clock: forward only, and everything on the way happens."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from changeboard import clock as platform
from changeboard import words
from changeboard.demo.actions import moving
from changeboard.demo.tasks import walk
from changeboard.people.gate import Visit, may
from changeboard.refusal import Refusal, refuse

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


@require_POST
@may("demo.use")
def clock(request: Visit) -> HttpResponse:
    now = platform.now()
    try:
        instant = _wanted(request.POST, now)
        moving.ask(instant, at=now)
        walk.delay(instant.isoformat())
    except Refusal as refusal:
        messages.error(request, " ".join(words.sentence(reason) for reason in refusal.reasons))
    return redirect(_back(request))


def _wanted(typed, now: datetime) -> datetime:
    step = typed.get("step", "")
    if step in STEPS:
        return now + STEPS[step]
    if step == "notice":
        return moving.next_notice(now=now)
    try:
        wall = datetime.fromisoformat(typed.get("at", ""))
    except ValueError:
        raise refuse("clock.no_instant", at_field="at") from None
    return platform.at_wall(wall.date(), wall.time(), str(settings.PLATFORM_TIME_ZONE))


def _back(request: Visit) -> str:
    wanted = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else "/"
