"""Windows planned, moved, resized, cancelled: each page says what stands in the way and who would be told."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changeboard.refusal import conflict
from maintenance.actions import scheduling
from maintenance.forms.windows import CancelForm, MoveForm, ResizeForm, WindowForm, given
from maintenance.models import Window
from maintenance.queries import told
from maintenance.queries.beside import Beside, beside
from maintenance.queries.readiness import riding_by_window

WINDOWS = Window.objects.for_pages


@may("maintenance.create_window")
def new_window(request: Visit) -> HttpResponse:
    at_first = {"start_time": "11:00", "budget_seconds": 0} | given(WindowForm, request.GET)
    form = WindowForm(typed(request), initial=at_first)
    now = clock.now()
    found = beside(form.draft(), now=now)
    if "preview" not in request.POST:
        verb = _looked(request, found, scheduling.create_window)
        tried = attempt(form, partial(verb, by=request.user, at=now))
        if tried.done:
            messages.success(request, f"{tried.result} is planned.")
            return redirect(tried.result)
    status = 200 if "preview" in request.POST else tried.status
    return render(request, "maintenance/window_form.html", {"form": form, "beside": found}, status=status)


@may("maintenance.move_window", on=WINDOWS)
def move(request: Visit, window: Window) -> HttpResponse:
    """Also what dragging on the calendar leads to: `?on=` and `start_time=` say where it is to go."""
    at_first = {"on": window.on, "start_time": window.start_time} | given(MoveForm, request.GET)
    form = MoveForm(typed(request), told=_told(window), initial=at_first)
    return _act(request, window, form, scheduling.move, "move", form.draft(window))


@may("maintenance.move_window", on=WINDOWS)
def resize(request: Visit, window: Window) -> HttpResponse:
    minutes = {name: getattr(window, name) // 60 for name in ("length_seconds", "budget_seconds")}
    form = ResizeForm(typed(request), told=_told(window), initial=minutes | given(ResizeForm, request.GET))
    return _act(request, window, form, scheduling.resize, "size", form.draft(window))


@may("maintenance.cancel_window", on=WINDOWS)
def cancel(request: Visit, window: Window) -> HttpResponse:
    form = CancelForm(typed(request), told=_told(window), initial=given(CancelForm, request.GET))
    return _act(request, window, form, scheduling.cancel, "cancel", None)


def _told(window: Window):
    return told.by_window([window])[window.pk]


DONE = {"move": "is moved.", "size": "has its new size.", "cancel": "is cancelled."}


def _act(request, window, form, verb, act, draft) -> HttpResponse:
    found = beside(draft, now=clock.now(), but=window.on)
    if "preview" in request.POST:
        return _shown(request, window, form, act, found, status=200)
    verb = _looked(request, found, verb)
    tried = attempt(form, partial(verb, window, by=request.user, at=clock.now()))
    if not tried.done:
        return _shown(request, window, form, act, found, status=tried.status)
    messages.success(request, f"{window} {DONE[act]}")
    return redirect(window)


def _looked(request: Visit, found: Beside | None, verb):
    """The verb, taken back where it would save over something that the page has not shown: whoever has no
    JavaScript sees it first too. What the verb itself refuses comes before."""

    @transaction.atomic
    def looked(*given, **named):
        done = verb(*given, **named)
        if found and found.has_news(request.POST.getlist("looked")):
            raise conflict("window.look_first")
        return done

    return looked if request.method == "POST" else verb


def _shown(request, window, form, act, found, *, status) -> HttpResponse:
    shown = {"form": form, "window": window, "beside": found}
    shown |= {"riding": riding_by_window([window])[window.pk], "told": _told(window)}
    return render(request, f"maintenance/window_{act}.html", shown, status=status)
