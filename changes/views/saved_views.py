"""Saved views of the list: one small page to save, one to rename, share or remove."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changes.actions import saving
from changes.forms.filters import FilterForm
from changes.forms.saved_views import SavedViewForm
from changes.models import SavedView
from changes.views.lists import list_at


@may("changes.save_view")
def save(request: Visit) -> HttpResponse:
    """The filters are those of this page's own address."""
    filters = FilterForm(request.GET)
    form = SavedViewForm(typed(request))
    tried = attempt(form, partial(saving.save, filters.address()[1:], by=request.user, at=clock.now()))
    if tried.done:
        return redirect(list_at(tried.result.query))
    picture = {"form": form, "chips": filters.chips(), "back": list_at(filters.address()[1:])}
    return render(request, "changes/saved_view_form.html", picture, status=tried.status)


@may("changes.edit_view", on=SavedView)
def edit(request: Visit, view: SavedView) -> HttpResponse:
    form = SavedViewForm(typed(request), initial={"name": view.name, "is_shared": view.is_shared})
    tried = attempt(form, partial(saving.rename, view, by=request.user, at=clock.now()))
    if tried.done:
        return redirect(list_at(view.query))
    picture = {"form": form, "saved": view, "back": list_at(view.query)}
    return render(request, "changes/saved_view_form.html", picture, status=tried.status)


@require_POST
@may("changes.edit_view", on=SavedView)
def remove(request: Visit, view: SavedView) -> HttpResponse:
    saving.remove(view, by=request.user, at=clock.now())
    return redirect("changes:list")
