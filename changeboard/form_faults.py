"""A verb's refusal, shown beside the fields of the form that asked for it."""

from django.forms import BaseForm

from changeboard import words
from changeboard.refusal import Refusal


def show(form: BaseForm, refusal: Refusal) -> int:
    """Add every reason to the form, beside the field it names, and answer the status of the page.

    400 for what was typed, 409 where the state of the thing forbids it (PRODUCT.md section 3).
    """
    for reason in refusal.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, words.sentence(reason))
    return 409 if refusal.conflict else 400
