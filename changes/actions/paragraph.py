"""The paragraph that clients read about a change: worded by client services, signed off by marketing."""

from datetime import datetime

from django.db import transaction

from changeboard.directory.domain import placeholders
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse
from changes.models import Change
from changes.queries import paragraphs


@transaction.atomic
def word(change: Change, text: str, *, by: Person, at: datetime) -> Change:
    """Write the paragraph. A new wording takes the sign-off of the old one away.

    The same words once more keep it: after the impacts changed, that says they still hold.
    """
    change = Change.objects.locked(change.pk)
    before, text = change.client_paragraph, text.strip()
    _refuse_unknown(text)
    if before == text:
        return _keep(change, by=by, at=at)
    change.client_paragraph = text
    change.paragraph_signed_by, change.paragraph_signed_at = None, None
    change.paragraph_basis = paragraphs.basis_of(change) if text else ""
    change.version += 1
    change.save()
    record("change.paragraph_worded", change, by=by, at=at, fields={"client_paragraph": [before, text]})
    return change


def _refuse_unknown(text: str) -> None:
    """What is in double braces and stands for nothing would reach clients as it is."""
    if unknown := placeholders.unknown(text):
        raise refuse("change.unknown_placeholder", at_field="client_paragraph", **placeholders.facts(unknown))


def _keep(change: Change, *, by: Person, at: datetime) -> Change:
    if paragraphs.is_out_of_date(change):
        change.paragraph_basis = paragraphs.basis_of(change)
        change.save(update_fields=["paragraph_basis"])
        record("change.paragraph_kept", change, by=by, at=at)
    return change


@transaction.atomic
def sign(change: Change, *, by: Person, at: datetime) -> Change:
    """Marketing agrees to the wording as it stands. Refused while there is none."""
    change = Change.objects.locked(change.pk)
    if not change.client_paragraph:
        raise refuse("change.no_paragraph_to_sign", at_field="client_paragraph")
    _refuse_unknown(change.client_paragraph)
    change.paragraph_signed_by, change.paragraph_signed_at = by, at
    change.paragraph_basis = paragraphs.basis_of(change)
    change.save(update_fields=["paragraph_signed_by", "paragraph_signed_at", "paragraph_basis"])
    record("change.paragraph_signed", change, by=by, at=at)
    return change
