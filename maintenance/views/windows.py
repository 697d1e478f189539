"""Windows: the list, a window's page, and what is done to it before Go."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changeboard.people.models import platform_time_zone
from maintenance.actions import waiving
from maintenance.forms.windows import DutyForm, WaiverForm
from maintenance.models import Window
from maintenance.queries import downtime as year_of_downtime
from maintenance.queries import lists
from maintenance.queries.page import page as page_of

WINDOWS = Window.objects.for_pages


@may("maintenance.read")
def windows(request: Visit) -> HttpResponse:
    now, system = clock.now(), request.GET.get("system", "")
    view = request.GET.get("view", "")
    view = view if view in lists.VIEWS else "upcoming"
    found = lists.found(view=view, system=system, now=now)
    page = Paginator(found, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    picture = {"page": page, "lines": lists.judged(page.object_list), "view": view, "system": system}
    figures = {"counts": lists.counts(now=now), "systems": lists.systems()}
    return render(request, "maintenance/window_list.html", picture | figures)


@may("maintenance.read")
def downtime(request: Visit) -> HttpResponse:
    """A year of downtime against its budget, `?year=`."""
    now, asked = clock.now(), request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdecimal() and 2000 <= int(asked[:5]) < 2200
    number = int(asked) if is_year else clock.local_date(now, platform_time_zone()).year
    return render(request, "maintenance/downtime.html", {"year": year_of_downtime.year(number, now=now)})


@may("maintenance.read", on=WINDOWS)
def window(request: Visit, window: Window) -> HttpResponse:
    return shown(request, window, DutyForm())


def shown(request: HttpRequest, window: Window, duty_form: DutyForm, status: int = 200) -> HttpResponse:
    page = page_of(window, person=request.user, now=clock.now())
    picture = {"picture": page, "window": window, "duty_form": duty_form}
    return render(request, "maintenance/window_detail.html", picture, status=status)


@may("maintenance.waive", on=WINDOWS)
def waive(request: Visit, window: Window) -> HttpResponse:
    form = WaiverForm(typed(request), initial={"code": request.GET.get("code", "over_budget")})
    tried = attempt(form, partial(waiving.waive, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{window} goes on with a waiver.")
        return redirect(window)
    page = page_of(window, person=request.user, now=clock.now())
    picture = {"form": form, "window": window, "picture": page}
    return render(request, "maintenance/window_waive.html", picture, status=tried.status)


@require_POST
@may("maintenance.move_window", on=WINDOWS)
def duties(request: Visit, window: Window) -> HttpResponse:
    form = DutyForm(typed(request))
    tried = attempt(form, partial(waiving.name_duty, window, by=request.user, at=clock.now()))
    if tried.done:
        return redirect(f"{window.get_absolute_url()}#people")
    return shown(request, window, form, status=tried.status)
