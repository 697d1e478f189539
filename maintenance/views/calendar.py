"""The calendar and the horizon."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import Visit, may
from maintenance.domain import zone_names
from maintenance.forms.asked import Asked
from maintenance.forms.asked import asked as read
from maintenance.queries import calendar as pictures
from maintenance.queries import concerned, lists
from maintenance.queries import horizon as ahead


@require_safe
@may("maintenance.read")
def calendar(request: Visit) -> HttpResponse:
    now, systems = clock.now(), lists.systems()
    asked = read(request.GET, reader=request.user, systems=systems, now=now)
    shown = {"picture": pictures.picture(asked.wanted, now=now), "systems": systems, **around(asked)}
    return _drawn(request, f"maintenance/calendar_{asked.view}.html", shown, asked.address())


@require_safe
@may("maintenance.read")
def horizon(request: Visit) -> HttpResponse:
    now, systems = clock.now(), lists.systems()
    asked = read(request.GET, reader=request.user, systems=systems, now=now)
    lanes = [system for system in systems if not asked.systems or system.code in asked.systems]
    wanted = {"zone": asked.zone, "systems": lanes, "reach": asked.reach}
    shown = {"horizon": ahead.horizon(now=now, **wanted), "systems": systems, **around(asked)}
    return _drawn(request, "maintenance/horizon.html", shown, f"?{asked.filter_query}")


def _drawn(request: Visit, template: str, shown: dict[str, object], address: str) -> HttpResponse:
    """Where htmx swaps the page, with the address for the bar: in the same words whichever way it was come by."""
    response = render(request, template, shown)
    if request.headers.get("HX-Target") == "main":
        response["HX-Push-Url"] = f"{request.path}{address}"
    return response


def around(asked: Asked) -> dict[str, object]:
    """What stands around the days. Every time of the page is shown in `times_in`."""
    may_move = asked.reader.has_perm("maintenance.move_window")
    return {"asked": asked, "times_in": asked.zone, "may_move": may_move}


@require_safe
@may("maintenance.read")
def suggest_clients(request: Visit) -> HttpResponse:
    found = concerned.like(request.GET.get("client", "").replace("\x00", ""))
    return render(request, "maintenance/panels/suggestions.html", {"options": [each.name for each in found]})


@require_safe
@may("maintenance.read")
def suggest_zones(request: Visit) -> HttpResponse:
    found = zone_names.like(request.GET.get("zone", ""))
    return render(request, "maintenance/panels/suggestions.html", {"options": found})
