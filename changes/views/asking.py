"""Tough questions: asked by anybody, answered, and verified by somebody else."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changes.actions import board
from changes.forms.saying import SaidForm
from changes.models import Change, Question
from changes.views.act_page import act_page


def back_to(request: Visit, change: Change, anchor: str) -> str:
    """Where the act was called from: a meeting or the playbook by `?to=`, else the change's page."""
    here = request.GET.get("to", "")
    return here if here.startswith(("/board/", "/changes/")) else f"{change.get_absolute_url()}#{anchor}"


@may("changes.ask", on=Change)
def ask(request: Visit, change: Change) -> HttpResponse:
    form = SaidForm(typed(request), label="Your question", empty="question.empty")
    verb = partial(board.ask, change, by=request.user, at=clock.now())
    return act_page(request, change, form, verb, "ask", back_to(request, change, "questions"))


@may("changes.answer", on=Question)
def answer(request: Visit, question: Question) -> HttpResponse:
    hint = "What you know, how you know it, and what is still unsure."
    form = SaidForm(
        typed(request),
        label="Your answer",
        hint=hint,
        initial={"text": question.answer},
        empty="question.empty_answer",
    )
    verb = partial(board.answer, question, by=request.user, at=clock.now())
    back = back_to(request, question.change, f"q{question.pk}")
    return act_page(request, question.change, form, verb, "answer", back, question=question)


@require_POST
@may("changes.verify", on=Question)
def verify(request: Visit, question: Question) -> HttpResponse:
    board.verify(question, by=request.user, at=clock.now())
    return redirect(back_to(request, question.change, f"q{question.pk}"))
