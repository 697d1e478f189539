"""What was typed and not saved: offered where it was typed, kept while it is typed, thrown away on request."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.people.gate import Visit, may
from changes.actions import unsaved
from changes.forms.filing import FilingForm
from changes.models import Change, UnsavedForm


def edited(request: Visit) -> Change | None:
    """The change of their own that `?of=` names; None for a new one."""
    of = request.GET.get("of", "")
    return Change.objects.filter(reference=of, requester=request.user).first() if of else None


def keep(request: Visit, typed: FilingForm, change: Change | None) -> UnsavedForm | None:
    """Keep what the browser has just sent. Nothing of a change that is not theirs."""
    if typed.token is None or (change is None and "of" in request.GET):
        return None
    held = dict(request.POST.lists())
    return unsaved.keep(typed.token, held, change=change, by=request.user, at=clock.now())


def offered(request: HttpRequest, typed: FilingForm, change: Change | None) -> list[UnsavedForm]:
    """What this person left in this form before, but for what it shows now."""
    return list(UnsavedForm.objects.of(request.user, change).exclude(token=typed.token or uuid4()))


def taken_up(request: HttpRequest, change: Change | None) -> QueryDict | None:
    """What the address asks to go on with, as the browser would send it."""
    token = request.GET.get("unsaved", "")
    rows = UnsavedForm.objects.of(request.user, change)
    row = next((each for each in rows if str(each.token) == token), None)
    if row is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in row.data.items():
        data.setlist(name, values)
    data["do"] = "step-keep"
    return data


@require_POST
@may("changes.file")
def discard(request: Visit, token: UUID) -> HttpResponse:
    row = get_object_or_404(UnsavedForm, person=request.user, token=token)
    unsaved.forget(of=token, by=request.user)
    return redirect("changes:edit", row.change.reference) if row.change else redirect("changes:new")
