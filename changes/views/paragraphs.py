"""Wording the paragraph that clients read, also from a draft of the impacts, and signing it off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import Visit, may
from changes.actions import paragraph
from changes.forms.acts import ParagraphForm
from changes.models import Change
from changes.queries import paragraphs

DRAFT, REPLACE = "draft", "replace"


@may("changes.word_paragraph", on=Change)
def word(request: Visit, change: Change) -> HttpResponse:
    form = ParagraphForm(typed(request), initial={"client_paragraph": change.client_paragraph})
    if request.POST.get("do") in (DRAFT, REPLACE):
        return drafted(request, change, form)
    tried = attempt(
        form,
        lambda client_paragraph: paragraph.word(change, client_paragraph, by=request.user, at=clock.now()),
    )
    return (
        redirect(f"{change.get_absolute_url()}#notices")
        if tried.done
        else page(request, change, form, tried.status)
    )


def drafted(request: Visit, change: Change, form: ParagraphForm) -> HttpResponse:
    """The draft in the field where nothing was typed or its replacing was asked for; else beside what was typed."""
    draft, said = paragraphs.drafted(change), (form["client_paragraph"].value() or "")
    # A browser ends a line with two signs.
    if said.replace("\r\n", "\n").strip() in ("", draft) or request.POST["do"] == REPLACE:
        return page(request, change, ParagraphForm(initial={"client_paragraph": draft}), is_draft=True)
    return page(request, change, form, offered=draft)


def page(request: Visit, change: Change, form: ParagraphForm, status: int = 200, **facts) -> HttpResponse:
    is_old = paragraphs.is_out_of_date(change)
    picture = {"change": change, "form": form, "is_out_of_date": is_old, **facts}
    return render(request, "changes/paragraph_form.html", picture, status=status)


@require_POST
@may("changes.sign_paragraph", on=Change)
def sign(request: HttpRequest, change: Change) -> HttpResponse:
    paragraph.sign(change, by=request.user, at=clock.now())
    return redirect(f"{change.get_absolute_url()}#notices")
