"""Free slots over the planning horizon, and those of a month that hit the fewest orders."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from maintenance.forms.slots import SlotForm, slot_form
from maintenance.queries import lists
from maintenance.queries.slot_lines import SHOWN, Lines
from maintenance.queries.slots import answer

# Every day of the horizon.
ALL = 400
TWO_WEEKS = timedelta(days=14)


@require_safe
@may("maintenance.read")
def slots(request: Visit) -> HttpResponse:
    now = clock.now()
    form = slot_form(request.GET, now=now)
    most = ALL if "all" in request.GET else SHOWN
    return render(request, "maintenance/slots.html", picture(form, now=now, most=most), status=status(form))


@require_safe
@may("maintenance.read")
def least_harm(request: Visit) -> HttpResponse:
    now, asked = clock.now(), request.GET.copy()
    asked.setdefault("month", f"{clock.local_date(now + TWO_WEEKS, platform_time_zone()):%Y-%m}")
    form = slot_form(asked, now=now)
    shown = picture(form, now=now, most=ALL) | {"may_load": request.user.has_perm("maintenance.load_volumes")}
    return render(request, "maintenance/least_harm.html", shown, status=status(form))


def status(form: SlotForm) -> int:
    return 200 if form.is_valid() else 400


def picture(form: SlotForm, *, now: datetime, most: int) -> dict[str, Any]:
    """The form, and what was found where it asks what can be answered."""
    if not form.is_valid():
        return {"form": form}
    found = answer(form.question(now=now), now=now)
    shown = {"form": form, "found": Lines(found, lists.systems(), most=most), "wish": found.wish}
    return {**shown, "act": "maintenance/_slot_act.html", "ride_act": "maintenance/_ride_act.html"}
