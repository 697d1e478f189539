"""The short-notice playbook as a guided path, and the acts that belong to it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changeboard.people.queries.named import Names
from changes.actions import agenda, alignment
from changes.domain.playbook import Stage
from changes.forms.board import AgreeForm, ReTestForm, TextForm
from changes.models import Change, SignOff
from changes.queries import panels
from changes.queries.playbook import playbook as playbook_of
from changes.views.act_page import act_page
from changes.views.asking import back_to


@may("changes.read", on=Change.objects.for_pages)
def playbook(request: Visit, change: Change) -> HttpResponse:
    now, names = clock.now(), Names()
    picture = {"change": change, "book": playbook_of(change, person=request.user, now=now)}
    picture["board"] = panels.panels(change, person=request.user, names=names)
    names.put()
    return render(request, "changes/playbook_detail.html", picture)


@may("changes.sign_off", on=SignOff)
def agree(request: Visit, sign_off: SignOff) -> HttpResponse:
    verb = partial(alignment.agree, sign_off, by=request.user, at=clock.now())
    back = back_to(request, sign_off.change, "wider-circle")
    form = AgreeForm(typed(request))
    return act_page(request, sign_off.change, form, verb, "agree", back, sign_off=sign_off)


@may("changes.sign_off", on=SignOff)
def ask_first(request: Visit, sign_off: SignOff) -> HttpResponse:
    form = TextForm(typed(request), label="What must be answered before your group agrees?")
    verb = partial(alignment.ask, sign_off, by=request.user, at=clock.now())
    back = back_to(request, sign_off.change, "wider-circle")
    return act_page(request, sign_off.change, form, verb, "ask_first", back, sign_off=sign_off)


@may("changes.sign_off", on=SignOff)
def object_to(request: Visit, sign_off: SignOff) -> HttpResponse:
    form = TextForm(typed(request), label="Why your group objects", hint="What would have to change.")
    verb = partial(alignment.object_to, sign_off, by=request.user, at=clock.now())
    back = back_to(request, sign_off.change, "wider-circle")
    return act_page(request, sign_off.change, form, verb, "object_circle", back, sign_off=sign_off)


@require_POST
@may("changes.remind_circle", on=Change)
def remind(request: Visit, change: Change) -> HttpResponse:
    reminded = alignment.remind(change, by=request.user, at=clock.now())
    groups = ", ".join(str(each.group) for each in reminded)
    messages.success(request, f"Reminded: {groups}." if groups else "Everybody was reminded within the hour.")
    return redirect("changes:playbook", change.reference)


@may("changes.agree_communication", on=Change)
def agree_communication(request: Visit, change: Change) -> HttpResponse:
    form = TextForm(typed(request), label="Who is told what, and when")
    stage = Stage.COMMUNICATE
    verb = partial(alignment.record_stage, change, stage=stage, by=request.user, at=clock.now())
    return act_page(request, change, form, verb, "communication", back_to(request, change, "decisions"))


@may("changes.retest", on=Change)
def re_test(request: Visit, change: Change) -> HttpResponse:
    verb = partial(alignment.re_test, change, by=request.user, at=clock.now())
    back = back_to(request, change, "decisions")
    return act_page(request, change, ReTestForm(typed(request)), verb, "retest", back)


@require_POST
@may("changes.submit", on=Change)
def bring_back(request: Visit, change: Change) -> HttpResponse:
    agenda.place(change, by=request.user, at=clock.now())
    return redirect(change)
