"""The questions of risk: the list in its order, and one of them added, edited, moved, taken out of use, put back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changes.actions import risk_questions as verbs
from changes.forms.risk_questions import RiskQuestionForm
from changes.models import RiskQuestion
from changes.queries import risk_questions as pictures

PAGE = "changes/risk_question_form.html"


@may("changes.edit_rules")
def questions(request: Visit) -> HttpResponse:
    return render(request, "changes/risk_question_list.html", {"questions": pictures.listed()})


@may("changes.edit_rules")
def add(request: Visit) -> HttpResponse:
    form = RiskQuestionForm(typed(request))
    tried = attempt(form, lambda **_: verbs.add(form.asking(), by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"“{tried.result}” is asked from now on.")
        return redirect("changes:risk_question", pk=tried.result.pk)
    return render(request, PAGE, {"form": form}, status=tried.status)


@may("changes.edit_rules", on=RiskQuestion)
def edit(request: Visit, row: RiskQuestion) -> HttpResponse:
    seen = pictures.seen(row)
    form = RiskQuestionForm(typed(request), row=row, ties=seen.ties)
    tried = attempt(form, lambda version, **_: _edit(request, row, form, version or 0))
    if tried.done:
        messages.success(request, "Saved. Answers and scores that were given stay as they are.")
        return redirect("changes:risk_question", pk=row.pk)
    return render(request, PAGE, {"form": form, "row": row, "seen": seen}, status=tried.status)


def _edit(request: Visit, row: RiskQuestion, form: RiskQuestionForm, version: int) -> RiskQuestion:
    return verbs.edit(row, form.asking(), version=version, by=request.user, at=clock.now())


@require_POST
@may("changes.edit_rules", on=RiskQuestion)
def move(request: Visit, row: RiskQuestion) -> HttpResponse:
    """To the place that the button names; then back to that button, so that it can be pressed again."""
    way = "up" if "up" in request.POST else "down"
    asked = request.POST.get(way, "")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 4:
        return HttpResponse(status=400)
    place = verbs.move(row, place=int(asked), by=request.user, at=clock.now())
    messages.success(request, f"“{row}” is asked at place {place}.")
    return redirect(f"{reverse('changes:risk_questions')}#{way}-{row.pk}")


@require_POST
@may("changes.edit_rules", on=RiskQuestion)
def take_out(request: Visit, row: RiskQuestion) -> HttpResponse:
    verbs.take_out(row, by=request.user, at=clock.now())
    return _back(request, f"“{row}” is out of use.")


@require_POST
@may("changes.edit_rules", on=RiskQuestion)
def put_back(request: Visit, row: RiskQuestion) -> HttpResponse:
    verbs.put_back(row, by=request.user, at=clock.now())
    return _back(request, f"“{row}” is asked again.")


def _back(request: Visit, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("changes:risk_questions")
