"""One act on the changes that were ticked in the list."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from changeboard import clock, words
from changeboard.people.gate import Visit, may
from changes import list_labels
from changes.actions import ticked
from changes.actions.ticked import Deed, Done
from changes.forms.filters import FilterForm
from changes.forms.ticked import TickedForm
from changes.views.lists import list_at


@require_POST
@may("changes.read")
def ticked_changes(request: Visit) -> HttpResponse:
    """Judges each by its own permissions. Withdrawing asks first, the sheet is another address."""
    form = TickedForm(request.POST)
    back = list_at(FilterForm(QueryDict(request.POST.get("back", ""))).address()[1:])
    if not form.is_valid():
        messages.warning(request, " ".join(fault for faults in form.errors.values() for fault in faults))
        return redirect(back)
    if form.wants_sheet():
        return redirect(f"{reverse('changes:csv')}{form.sheet_address()}")
    return acted(request, form, back)


def acted(request: Visit, form: TickedForm, back: str) -> HttpResponse:
    """The act done and told, or the page that asks."""
    deed, changes = Deed(form.cleaned_data["deed"]), form.changes()
    if deed is Deed.WITHDRAW and not form.cleaned_data["sure"]:
        picture = {
            "would": told(ticked.would(deed, changes, by=request.user)),
            "back": back,
            "back_query": back.partition("?")[2],
        }
        return render(request, "changes/ticked_withdraw.html", picture)
    tell(request, deed, ticked.do(deed, changes, by=request.user, at=clock.now()), form.unknown())
    return redirect(back)


def told(came: Done) -> dict[str, object]:
    """The same with the reasons in words."""
    refused = [(change, " ".join(map(words.sentence, reasons))) for change, reasons in came.refused]
    return {"done": came.done, "refused": refused}


def tell(request: Visit, deed: Deed, came: Done, unknown: list[str]) -> None:
    """Say what was done to which, and which were refused and why."""
    if came.done:
        named = ", ".join(change.reference for change in came.done)
        messages.success(request, f"{list_labels.DONE[deed]}: {named}.")
    for change, reasons in came.refused:
        why = " ".join(map(words.sentence, reasons))
        messages.warning(request, f"{change.reference}: {list_labels.NOT_DONE[deed]}. {why}")
    if unknown:
        messages.warning(request, f"There is no {', '.join(unknown)}.")
