"""A refusal that does not hold this time, on record: which, by whom, why."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from maintenance.actions import disposing
from maintenance.models import Waiver, Window


@transaction.atomic
def waive(window: Window, *, code: str, reason: str, by: Person, at: datetime) -> Waiver:
    """Accept a conflict that a window has one of, like `over_budget`, as disposing does."""
    return disposing.dispose(window, kind=code, reason=reason, by=by, at=at)


@transaction.atomic
def name_duty(window: Window, *, role: str, person: Person | None, by: Person, at: datetime) -> None:
    """Say who does what on the day; nobody takes the duty away."""
    window = Window.objects.locked(window.pk)
    window.duties.filter(role=role).delete()
    if person is not None:
        window.duties.create(role=role, person=person)
    record("window.duty_named", window, by=by, at=at, role=role, person=person)
