"""A refusal that does not hold this time, on record: which, by whom, why."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse
from maintenance.models import Waiver, Window


@transaction.atomic
def waive(window: Window, *, code: str, reason: str, by: Person, at: datetime) -> Waiver:
    """Waive one refusal for the window's present revision. The same once more keeps the first."""
    window = Window.objects.locked(window.pk)
    if not reason.strip():
        raise refuse("waiver.reason_missing", at_field="reason")
    waiver, is_new = Waiver.objects.get_or_create(
        window=window, code=code, revision=window.revision, defaults={"reason": reason, "by": by, "at": at}
    )
    if is_new:
        record("window.waived", window, by=by, at=at, code=code, reason=reason)
    return waiver


@transaction.atomic
def name_duty(window: Window, *, role: str, person: Person | None, by: Person, at: datetime) -> None:
    """Say who does what on the day; nobody takes the duty away."""
    window = Window.objects.locked(window.pk)
    window.duties.filter(role=role).delete()
    if person is not None:
        window.duties.create(role=role, person=person)
    record("window.duty_named", window, by=by, at=at, role=role, person=person)
