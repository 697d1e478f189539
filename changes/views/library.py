"""The step library: the list, and one step of it added, edited, taken out of use and put back."""

from dataclasses import asdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changes.actions import library as verbs
from changes.forms.library import LibraryStepForm
from changes.models import LibraryStep, PlanStep
from changes.queries import library as pictures

PAGE_SIZE = 50


@may("changes.read")
def steps_list(request: Visit) -> HttpResponse:
    view, words = request.GET.get("view", ""), request.GET.get("q", "").strip()[:200]
    found = pictures.listed(out_of_use=view == "out", words=words)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    picture = {"page": page, "view": view, "q": words, "counts": pictures.counts()}
    return render(request, "changes/library_list.html", picture)


@may("changes.keep_step_library")
def add(request: Visit) -> HttpResponse:
    """A new step; with ?from= it begins as a copy of that step of a change's plan."""
    asked = request.GET.get("from", "")
    source = PlanStep.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    form = LibraryStepForm(typed(request), initial=pictures.copy_of(source) if source else None)
    tried = attempt(form, lambda **_: verbs.add(form.step(), by=request.user, at=clock.now()))
    if tried.done:
        return _done(request, f"“{tried.result}” is in the library.")
    return render(request, "changes/library_form.html", {"form": form, "source": source}, status=tried.status)


@may("changes.keep_step_library", on=LibraryStep)
def edit(request: Visit, row: LibraryStep) -> HttpResponse:
    form = LibraryStepForm(typed(request), initial={**asdict(row.step), "version": row.version})
    tried = attempt(form, lambda version, **_: _edit(request, row, form, version or 0))
    if tried.done:
        return _done(request, f"“{tried.result}” is saved. Plans that took it stay as they are.")
    return render(request, "changes/library_form.html", {"form": form, "row": row}, status=tried.status)


def _edit(request: Visit, row: LibraryStep, form: LibraryStepForm, version: int) -> LibraryStep:
    return verbs.edit(row, form.step(), version=version, by=request.user, at=clock.now())


@require_POST
@may("changes.keep_step_library", on=LibraryStep)
def take_out(request: Visit, row: LibraryStep) -> HttpResponse:
    verbs.take_out(row, by=request.user, at=clock.now())
    return _done(request, f"“{row}” is out of use.")


@require_POST
@may("changes.keep_step_library", on=LibraryStep)
def put_back(request: Visit, row: LibraryStep) -> HttpResponse:
    verbs.put_back(row, by=request.user, at=clock.now())
    return _done(request, f"“{row}” is in use again.")


def _done(request: Visit, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("changes:steps")
