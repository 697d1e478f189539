"""The rules of risk: their versions, a new one made, what it would have given, and putting it in force."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changeboard.refusal import Refusal
from changes.actions import rule_sets as verbs
from changes.forms.rule_sets import RulesForm
from changes.models import RuleSet
from changes.queries import rule_sets


@may("changes.edit_rules")
def versions(request: Visit) -> HttpResponse:
    picture = {"rule_sets": rule_sets.listed(), "in_force": RuleSet.objects.in_force()}
    return render(request, "changes/rule_set_list.html", picture)


@require_POST
@may("changes.edit_rules")
def begin(request: Visit) -> HttpResponse:
    return redirect("changes:rule_set", version=verbs.begin(by=request.user, at=clock.now()).version)


@may("changes.edit_rules", on=rule_sets.listed)
def rule_set(request: Visit, rule_set: RuleSet) -> HttpResponse:
    form = RulesForm(rule_set.read, typed(request))
    status = _save(request, rule_set, form) if request.method == "POST" else 200
    if status == 302:
        return redirect("changes:rule_set", version=rule_set.version)
    quarter = rule_sets.last_quarter(rule_set, now=clock.now()) if rule_set.in_force_at is None else None
    picture = {"rule_set": rule_set, "form": form, "quarter": quarter}
    return render(request, "changes/rule_set_detail.html", picture, status=status)


def _save(request: Visit, rule_set: RuleSet, form: RulesForm) -> int:
    """Save what was typed: 302, or the status of the page that says what is wrong."""
    if not form.is_valid():
        return 400
    try:
        verbs.write(rule_set, form.rules(), by=request.user, at=clock.now())
    except Refusal as refusal:
        return form.show(refusal)
    messages.success(request, "Saved. Below stands what it would have given.")
    return 302


@require_POST
@may("changes.edit_rules", on=RuleSet)
def put_in_force(request: Visit, rule_set: RuleSet) -> HttpResponse:
    verbs.put_in_force(rule_set, by=request.user, at=clock.now())
    messages.success(request, f"{rule_set} judges what is saved from now on.")
    return redirect("changes:rule_sets")


@require_POST
@may("changes.edit_rules", on=RuleSet)
def drop(request: Visit, rule_set: RuleSet) -> HttpResponse:
    verbs.drop(rule_set, by=request.user, at=clock.now())
    messages.success(request, f"{rule_set} was thrown away.")
    return redirect("changes:rule_sets")
