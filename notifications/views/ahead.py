"""What will go out, before it does."""

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import Visit, may
from notifications.forms.notices import AheadForm
from notifications.queries import outlook


@require_safe
@may("notifications.read")
def ahead(request: Visit) -> HttpResponse:
    now, zone = clock.now(), str(settings.PLATFORM_TIME_ZONE)
    form = AheadForm(request.GET if "until" in request.GET else None)
    wanted = form.cleaned_data["until"] if form.is_bound and form.is_valid() else None
    last = wanted or end_of_next_month(clock.local_date(now, zone))
    found = outlook.going_out(now=now, until=outlook.end_of_day(last, zone))
    form = form if form.is_bound else AheadForm(initial={"until": last})
    picture = {"form": form, "days": outlook.days(found, zone), "last": last, "many": len(found)}
    return render(request, "notices/pages/ahead_list.html", picture)


def end_of_next_month(today: date) -> date:
    """31 December for any day in November."""
    first_after = (today.replace(day=1) + timedelta(days=64)).replace(day=1)
    return first_after - timedelta(days=1)
