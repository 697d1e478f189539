"""From a form to a verb and back: what the verb refuses is shown beside the fields that asked for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from changeboard import words
from changeboard.refusal import Refusal


@dataclass(frozen=True)
class Attempt:
    """What came of a form: `done` with the verb's `result`, or the status of the page that shows it again."""

    status: int = 200
    done: bool = False
    result: Any = None


def typed(request: HttpRequest) -> QueryDict | None:
    """What was submitted, also when it is nothing at all; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def attempt(form: BaseForm, verb: Callable[..., object]) -> Attempt:
    """Call `verb` with the form's values. Not submitted: 200. Faulty: 400. Refused: 400 or 409."""
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=400)
    try:
        return Attempt(done=True, result=verb(**form.cleaned_data))
    except Refusal as refusal:
        return Attempt(status=show(form, refusal))


def show(form: BaseForm, refusal: Refusal) -> int:
    """Add every reason to the form, beside the field it names, and answer the status of the page.

    400 for what was typed, 409 where the state of the thing forbids it (PRODUCT.md section 3).
    """
    for reason in refusal.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, words.sentence(reason))
    return 409 if refusal.conflict else 400
