"""The discussion of a change: a comment or a tough question, edited or withdrawn by who wrote it."""

from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import typed
from changeboard.people.gate import Visit, may
from changeboard.people.models import Person
from changes.actions import board, talking
from changes.forms.saying import CommentForm, SaidForm
from changes.models import Change, Comment, Question
from changes.views.act_page import act_page

HINT = "**bold**, lists and `code` are drawn; CHG-0042 becomes a link; @username tells that person."


def post(change: Change, text: str, kind: str, *, by: Person, at: datetime) -> object:
    """A tough question goes to the board's list, everything else to the discussion."""
    if kind == Question.Kind.TOUGH:
        return board.ask(change, text=text, by=by, at=at)
    return talking.say(change, text, by=by, at=at)


@may("changes.comment", on=Change)
def say(request: Visit, change: Change) -> HttpResponse:
    form = CommentForm(typed(request), label="Write to everyone who follows this change", hint=HINT)
    verb = partial(post, change, by=request.user, at=clock.now())
    anchor = "questions" if request.POST.get("kind") == Question.Kind.TOUGH else "talk"
    return act_page(request, change, form, verb, "say", f"{change.get_absolute_url()}#{anchor}")


@may("changes.edit_comment", on=Comment)
def edit(request: Visit, comment: Comment) -> HttpResponse:
    form = SaidForm(typed(request), label="Your comment", hint=HINT, initial={"text": comment.text})
    verb = partial(talking.edit, comment, by=request.user, at=clock.now())
    back = f"{comment.change.get_absolute_url()}#c{comment.pk}"
    return act_page(request, comment.change, form, verb, "edit_comment", back)


@require_POST
@may("changes.edit_comment", on=Comment)
def withdraw(request: Visit, comment: Comment) -> HttpResponse:
    talking.withdraw(comment, by=request.user, at=clock.now())
    return redirect(f"{comment.change.get_absolute_url()}#c{comment.pk}")
