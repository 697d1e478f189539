"""Keeping what is typed while it is typed. It is no edit yet: the history says nothing of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from changeboard.people.models import Person
from changes.models import Change, UnsavedForm

KEPT_FOR = timedelta(days=30)
MOST = 20
LARGEST = 1_000_000
LEFT_OUT = ("csrfmiddlewaretoken", "do")
# PostgreSQL's JSON holds neither NUL nor half of a surrogate pair.
UNKEPT = re.compile("[\x00\ud800-\udfff]")


@transaction.atomic
def keep(
    token: UUID, data: Mapping[str, Sequence[str]], *, change: Change | None, by: Person, at: datetime
) -> UnsavedForm | None:
    """Keep the form as it is now, in place of what it held before; None where there is nothing to keep.

    A ring that comes after its form was saved keeps nothing. What is older than thirty days goes, and
    the oldest beyond twenty.
    """
    if Change.objects.filter(form_token=token, requester=by).exists():
        return None
    held = {
        name: [UNKEPT.sub("", value) for value in values]
        for name, values in data.items()
        if name not in LEFT_OUT
    }
    if sum(len(value) for values in held.values() for value in values) > LARGEST:
        return None
    _sweep(by, at=at)
    kept, _ = UnsavedForm.objects.update_or_create(
        person=by, token=token, defaults={"change": change, "data": held, "saved_at": at}
    )
    return kept


def forget(*, of: Change | UUID, by: Person) -> None:
    """It was saved, or is not wanted: one form by its token, or all that `by` left in the form of a change."""
    about = {"token": of} if isinstance(of, UUID) else {"change": of}
    UnsavedForm.objects.filter(person=by, **about).delete()


def _sweep(by: Person, *, at: datetime) -> None:
    held = UnsavedForm.objects.filter(person=by)
    held.filter(saved_at__lt=at - KEPT_FOR).delete()
    newest = held.order_by("-saved_at").values_list("pk", flat=True)[: MOST - 1]
    held.exclude(pk__in=list(newest)).delete()
