"""Answering for a conflict, by name and with a reason: for what it is now, and for no more."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict, refuse
from maintenance import labels
from maintenance.actions import holding
from maintenance.domain import lifecycle
from maintenance.domain.conflicts import Conflict, Kind
from maintenance.models import Waiver, Window
from maintenance.queries import conflicts


@transaction.atomic
def dispose(window: Window, *, kind: str, reason: str, by: Person, at: datetime, about: str = "") -> Waiver:
    """Accept the conflict of this kind (and `about` this) as it is now, for the window's present revision.

    For a hard freeze that is an override: it lets go of the window. Refused without a reason, where nothing of
    the kind stands against the window (409), and where it cannot be accepted. The same once more keeps the
    first; of what has grown since, the newer counts.
    """
    window = Window.objects.locked(window.pk)
    standing = [each for each in conflicts.standing(window) if each.conflict.can_be_accepted]
    found = [each for each in standing if (each.conflict.kind, each.conflict.about) == (kind, about)]
    if not reason.strip():
        raise refuse("waiver.reason_missing", at_field="reason")
    if not found:
        raise conflict("waiver.nothing_to_accept", legal=lifecycle.legal(window.state))
    if isinstance(found[0].accepted, Waiver):
        return found[0].accepted
    waiver = _accept(window, found[0].conflict, reason=reason.strip(), by=by, at=at)
    if waiver.code == Kind.FREEZE:
        holding.settle([window.pk], by=by, at=at)
    return waiver


@transaction.atomic
def dispose_all(window: Window, *, reason: str, by: Person, at: datetime) -> list[Waiver]:
    """Accept everything that stands open against a window that is being saved, for one reason."""
    if not reason.strip():
        raise Refusal([Reason("waiver.reason_missing", {}, "accept")])
    still_open = [each.conflict for each in conflicts.standing(window) if each.is_open]
    return [
        _accept(window, each, reason=reason.strip(), by=by, at=at)
        for each in still_open
        if each.can_be_accepted and not each.is_refused
    ]


@transaction.atomic
def override_freezes(window: Window, *, reason: str, by: Person | None, at: datetime) -> list[Waiver]:
    """Keep why a window was put into a hard freeze, and by whom; without a reason or a name nothing is kept."""
    if by is None or not reason.strip():
        return []
    found = [each.conflict for each in conflicts.standing(window) if each.is_open]
    hard = [each for each in found if each.kind is Kind.FREEZE and each.is_refused]
    return [_accept(window, each, reason=reason.strip(), by=by, at=at) for each in hard]


@transaction.atomic
def withdraw(waiver: Waiver, *, by: Person, at: datetime) -> Waiver:
    """Take an answer back: the conflict stands again, and a freeze that was overridden holds the window again.
    Refused (409) once the window is no longer ahead; a second time changes nothing."""
    window = Window.objects.locked(waiver.window_id)
    waiver = Waiver.objects.get(pk=waiver.pk)
    if not window.is_ahead:
        raise conflict("waiver.too_late", legal=lifecycle.legal(window.state))
    if waiver.withdrawn_at is None:
        _end(waiver, by=by, at=at)
        record(
            "window.waiver_withdrawn",
            window,
            by=by,
            at=at,
            what=labels.CONFLICTS.get(waiver.code, waiver.code),
        )
        if waiver.code == Kind.FREEZE:
            holding.settle([window.pk], by=by, at=at)
    return waiver


def _accept(window: Window, found: Conflict, *, reason: str, by: Person, at: datetime) -> Waiver:
    of_less = Waiver.objects.of_the_present().filter(window=window, code=found.kind, about=found.about)
    for waiver in of_less:
        _end(waiver, by=by, at=at)
    waiver = Waiver.objects.create(
        window=window, code=found.kind.value, about=found.about, parts=sorted(found.parts), weight=found.weight,
        reason=reason, revision=window.revision, by=by, at=at,
    )  # fmt: skip
    act = "window.freeze_overridden" if found.is_refused else "window.waived"
    what = labels.CONFLICTS[found.kind]
    record(act, window, by=by, at=at, what=what, reason=reason, **found.reason.facts)
    return waiver


def _end(waiver: Waiver, *, by: Person, at: datetime) -> None:
    waiver.withdrawn_at, waiver.withdrawn_by = at, by
    waiver.save(update_fields=["withdrawn_at", "withdrawn_by"])
