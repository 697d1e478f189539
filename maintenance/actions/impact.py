"""What a window does to those who use it is another thing now, at the same times: a revision of its own."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from maintenance.actions.scheduling import note_revision
from maintenance.domain import lifecycle
from maintenance.domain.lifecycle import Act
from maintenance.models import Waiver, Window, WindowRevision


@transaction.atomic
def change_impact(window: Window, *, reason: str, by: Person | None, at: datetime) -> Window:
    """Raise the revision, so that whoever was told is told and calendars take the update; it stays announced.

    The caller holds the row. `by` is nobody where it follows from an edit of what rides on the window. What
    was answered for still is: times and budget stay. Refused (409) once the window has begun.
    """
    lifecycle.after(window.state, Act.SET_BUDGET)
    was, window.revision = window.revision, window.revision + 1
    # The reason of a move stays: whoever has not heard of that yet reads it.
    window.reason = window.reason or reason
    window.save(update_fields=["revision", "reason"])
    note_revision(window, WindowRevision.Kind.IMPACT, by=by, at=at, reason=reason)
    Waiver.objects.filter(window=window, revision=was, withdrawn_at=None).update(revision=window.revision)
    record("window.impact_changed", window, by=by, at=at, reason=reason)
    return window
