"""One act, one form, one page: opened by a link, shown again with its faults, left when the verb is done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from changeboard.form_faults import attempt
from changeboard.people.gate import Visit
from changes.models import Change


def act_page(
    request: Visit,
    change: Change,
    form: forms.Form,
    verb: Callable[..., Any],
    act: str,
    back: str,
    **facts: Any,
) -> HttpResponse:
    """Call `verb` with what was typed, then go `back`; otherwise the page of `act` with every fault beside
    its field, what was typed kept. `act` names the words in changes/act_form.html."""
    tried = attempt(form, verb)
    if tried.done:
        return redirect(back)
    picture = {"form": form, "change": change, "act": act, "back": back, **facts}
    return render(request, "changes/act_form.html", picture, status=tried.status)
