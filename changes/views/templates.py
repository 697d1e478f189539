"""Templates of standard changes: the list, one of them, proposing and retiring."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changes.actions import templates as actions
from changes.forms.templates import ExpiryForm, ProposalForm, RetireForm
from changes.models import Template
from changes.queries import template_pages, templates


@may("changes.read")
def templates_list(request: Visit) -> HttpResponse:
    return render(request, "changes/template_list.html", {"lines": template_pages.lines(now=clock.now())})


@may("changes.read", on=Template.objects.with_record)
def detail(request: Visit, template: Template) -> HttpResponse:
    picture = template_pages.detail(template, person=request.user, now=clock.now())
    return render(request, "changes/template_detail.html", {"template": template, "seen": picture})


@may("changes.propose_template")
def propose(request: Visit) -> HttpResponse:
    now = clock.now()
    begun = {"source": templates.sources(request.user).filter(reference=request.GET.get("from", "")).first()}
    form = ProposalForm(typed(request), person=request.user, now=now, initial=begun)
    return _act(request, form, partial(actions.propose, by=request.user, at=now), "propose")


@may("changes.propose_template_again", on=Template)
def propose_again(request: Visit, template: Template) -> HttpResponse:
    now = clock.now()
    verb = partial(actions.propose_again, template, by=request.user, at=now)
    return _act(request, ExpiryForm(typed(request), now=now), verb, "propose_again", template)


@may("changes.retire_template", on=Template)
def retire(request: Visit, template: Template) -> HttpResponse:
    verb = partial(actions.retire, template, by=request.user, at=clock.now())
    return _act(request, RetireForm(typed(request)), verb, "retire", template)


def _act(request: Visit, form: Form, verb: Any, act: str, template: Template | None = None) -> HttpResponse:
    """Call the verb and go to the template; otherwise the page with every fault beside its field."""
    tried = attempt(form, lambda **given: verb(**given))
    if tried.done:
        return redirect(tried.result)
    picture = {"form": form, "act": act, "template": template}
    return render(request, "changes/template_form.html", picture, status=tried.status)
