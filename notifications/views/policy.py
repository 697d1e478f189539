"""The notice policy: read by everybody, changed as a whole after a look at what that changes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changeboard.refusal import Refusal
from notifications.actions import policy_editing
from notifications.forms.policy import PolicyForm
from notifications.queries import policy, policy_page, policy_words, what_if

FORM, LOOK = "notices/pages/policy_form.html", "notices/pages/policy_look.html"


@require_safe
@may("notifications.read")
def show(request: Visit) -> HttpResponse:
    return render(request, "notices/pages/policy_detail.html", {"page": policy_page.page()})


@may("notifications.edit_policy")
def edit(request: Visit) -> HttpResponse:
    """The form; “look” shows what the whole policy would change, and “save” writes what was shown."""
    known, version = policy.in_force(), policy.version()
    form = PolicyForm(known, version, typed(request))
    shown = {"form": form, "version": version}
    if not form.is_bound or form.is_rearranged:
        return render(request, FORM, shown)
    if not form.is_valid():
        return render(request, FORM, shown, status=400)
    return _look(request, form, shown, known)


def _look(request: Visit, form: PolicyForm, shown: dict, known) -> HttpResponse:
    wanted, now = form.wanted(), clock.now()
    if "save" in request.POST:
        try:
            policy_editing.save(wanted, seen=request.POST.get("seen", ""), by=request.user, at=now)
            messages.success(request, "The notice policy is saved. The next round brings the notices to it.")
            return redirect("notifications:policy")
        except Refusal:
            # Somebody else may have saved while this one waited.
            known, shown["version"], shown["is_again"] = policy.in_force(), policy.version(), True
    shown["changed"] = policy_words.changed(known, wanted, policy_words.systems())
    shown["found"] = what_if.of_policy(wanted, now=now)
    return render(request, LOOK, shown, status=409 if shown.get("is_again") else 200)
