"""Conditions of an approval: met with evidence, reopened with a reason."""

from functools import partial

from django.http import HttpResponse

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changes.actions import conditions
from changes.forms.board import EvidenceForm, ReopenForm
from changes.models import Condition
from changes.views.act_page import act_page
from changes.views.asking import back_to


@may("changes.meet_condition", on=Condition)
def meet(request: Visit, condition: Condition) -> HttpResponse:
    verb = partial(conditions.meet, condition, by=request.user, at=clock.now())
    back, form = back_to(request, condition.change, "decisions"), EvidenceForm(typed(request))
    return act_page(request, condition.change, form, verb, "meet", back, condition=condition)


@may("changes.reopen_condition", on=Condition)
def reopen(request: Visit, condition: Condition) -> HttpResponse:
    verb = partial(conditions.reopen, condition, by=request.user, at=clock.now())
    back, form = back_to(request, condition.change, "decisions"), ReopenForm(typed(request))
    return act_page(request, condition.change, form, verb, "reopen", back, condition=condition)
