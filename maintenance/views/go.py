"""Go Time: its page, its live part, and every click on it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock, form_faults
from changeboard.form_faults import attempt, typed
from changeboard.history.queries import timeline
from changeboard.people.gate import Visit, may
from maintenance.actions import running
from maintenance.forms.running import BackOutForm, ExtendForm, OutcomeForm, WordsForm
from maintenance.models import Run, RunStep, SmokeCheck, Window
from maintenance.queries.page import page as page_of
from maintenance.queries.runbook import runbook as runbook_of
from maintenance.queries.running import etag, go_time, run_of

WINDOWS = Window.objects.for_pages
FORMS = {
    "log": WordsForm,
    "problem": WordsForm,
    "back_out": BackOutForm,
    "extend": ExtendForm,
    "complete": OutcomeForm,
}


@may("maintenance.read", on=WINDOWS)
def go(request: Visit, window: Window) -> HttpResponse:
    return _page(request, window)


@may("maintenance.read", on=WINDOWS)
def live(request: Visit, window: Window) -> HttpResponse:
    now = clock.now()
    tag = etag(window, reader=request.user.pk, now=now)
    if request.headers.get("If-None-Match") == f'"{tag}"':
        answer = HttpResponse(status=304)
    else:
        answer = render(request, "maintenance/_live.html", _picture(request, window, tag))
    answer["ETag"], answer["Cache-Control"] = f'"{tag}"', "private, no-cache"
    answer["X-Platform-Now"] = now.isoformat(timespec="milliseconds")
    return answer


# The forecast and the bar move while nobody clicks: they are asked for by themselves, so that buttons stay put.
@may("maintenance.read", on=WINDOWS)
def clocks(request: Visit, window: Window) -> HttpResponse:
    run, now = get_object_or_404(Run, window=window), clock.now()
    picture = {"window": window, "go": go_time(window, run, now=now)}
    answer = render(request, "maintenance/panels/clocks.html", picture)
    answer["X-Platform-Now"] = now.isoformat(timespec="milliseconds")
    return answer


def _picture(request: HttpRequest, window: Window, tag: str) -> dict[str, Any]:
    now, run = clock.now(), run_of(window)
    picture: dict[str, Any] = {"window": window, "run": run, "etag": tag, "log": timeline(window, limit=30)}
    if run is None:
        picture["page"] = page_of(window, person=request.user, now=now)
    else:
        picture["go"] = go_time(window, run, now=now, shows_all=bool(request.GET.get("all")))
    return picture | {"outcome_form": OutcomeForm(), "shows_all": bool(request.GET.get("all"))}


def _page(request: HttpRequest, window: Window, status: int = 200, **forms: Form) -> HttpResponse:
    tag = etag(window, reader=request.user.pk, now=clock.now())
    picture = _picture(request, window, tag)
    picture |= {f"{name}_form": form() for name, form in FORMS.items()} | {"faulty": ""}
    for name, form in forms.items():
        picture |= {f"{name}_form": form, "faulty": name, "faulty_form": form}
    return render(request, "maintenance/go.html", picture, status=status)


@may("maintenance.read", on=WINDOWS)
def runbook(request: Visit, window: Window) -> HttpResponse:
    page = page_of(window, person=request.user, now=clock.now())
    picture = {"window": window, "picture": page, "lines": runbook_of(window)}
    return render(request, "maintenance/runbook.html", picture)


@require_POST
@may("maintenance.go", on=WINDOWS)
def say_go(request: Visit, window: Window) -> HttpResponse:
    running.go(window, by=request.user, at=clock.now())
    return redirect("maintenance:go", window.reference)


# The acts on a run: what the address names → the verb.
ON_RUN: dict[str, Callable[..., object]] = {
    "downtime_starts": running.start_downtime,
    "downtime_ends": running.end_downtime,
}
ON_STEP: dict[str, Callable[..., object]] = {
    "start": running.start_step,
    "done": running.finish_step,
    "done_and_on": running.step_on,
}


@require_POST
@may("maintenance.go", on=WINDOWS, by=["reference"])
def downtime(request: Visit, window: Window, act: str) -> HttpResponse:
    run = get_object_or_404(Run, window=window)
    ON_RUN[act](run, by=request.user, at=clock.now())
    return redirect("maintenance:go", window.reference)


@require_POST
@may("maintenance.run_steps", on=WINDOWS, by=["reference"])
def step(request: Visit, window: Window, pk: int, act: str) -> HttpResponse:
    each = get_object_or_404(RunStep, run__window=window, pk=pk)
    ON_STEP[act](each, by=request.user, at=clock.now())
    return redirect("maintenance:go", window.reference)


@require_POST
@may("maintenance.run_steps", on=WINDOWS, by=["reference"])
def problem(request: Visit, window: Window, pk: int) -> HttpResponse:
    each = get_object_or_404(RunStep, run__window=window, pk=pk)
    return _typed_act(request, window, "problem", partial(running.report_problem, each))


@require_POST
@may("maintenance.run_steps", on=WINDOWS)
def log(request: Visit, window: Window) -> HttpResponse:
    return _typed_act(request, window, "log", partial(running.log, get_object_or_404(Run, window=window)))


@require_POST
@may("maintenance.go", on=WINDOWS)
def back_out(request: Visit, window: Window) -> HttpResponse:
    run = get_object_or_404(Run, window=window)
    return _typed_act(request, window, "back_out", lambda sure, **given: running.back_out(run, **given))


@require_POST
@may("maintenance.go", on=WINDOWS)
def extend(request: Visit, window: Window) -> HttpResponse:
    def verb(minutes: int, **given: Any) -> object:
        return running.extend(window, expected_end_at=given["at"] + timedelta(minutes=minutes), **given)

    return _typed_act(request, window, "extend", verb)


@require_POST
@may("maintenance.go", on=WINDOWS)
def finish(request: Visit, window: Window) -> HttpResponse:
    running.finish(window, by=request.user, at=clock.now())
    return redirect("maintenance:go", window.reference)


@require_POST
@may("maintenance.run_steps", on=WINDOWS, by=["reference"])
def check(request: Visit, window: Window, pk: int) -> HttpResponse:
    running.check(get_object_or_404(SmokeCheck, run__window=window, pk=pk), by=request.user, at=clock.now())
    return redirect("maintenance:go", window.reference)


@require_POST
@may("maintenance.go", on=WINDOWS)
def complete(request: Visit, window: Window) -> HttpResponse:
    return _typed_act(request, window, "complete", partial(running.complete, window))


def _typed_act(request: Visit, window: Window, name: str, verb: Callable[..., object]) -> HttpResponse:
    """Run a verb with what was typed; refused, the page again with the words beside their field."""
    form = FORMS[name](typed(request))
    tried: form_faults.Attempt = attempt(form, partial(verb, by=request.user, at=clock.now()))
    if tried.done:
        return redirect("maintenance:go", window.reference)
    return _page(request, window, tried.status, **{name: form})
