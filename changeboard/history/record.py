"""Writing history: in the same transaction as the state it tells of, or not at all."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.transaction import TransactionManagementError

from changeboard.history import doorbell
from changeboard.history.models import Event


def record(
    act: str, subject: models.Model, *, by: AbstractBaseUser | None, at: datetime, **facts: object
) -> Event:
    """Write that `by` (None: a rule did it) did `act` to `subject` at `at`, and ring the doorbell.

    Raises TransactionManagementError outside a transaction: state and history are one write.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{act}: history is written inside the verb's transaction")
    event = Event.objects.create(
        at=at,
        by_id=by.pk if by is not None else None,
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        facts={name: plain(value) for name, value in facts.items()},
    )
    doorbell.ring()
    return event


def record_all(
    lines: Iterable[tuple[str, models.Model, Mapping[str, object]]],
    *,
    by: AbstractBaseUser | None,
    at: datetime,
) -> list[Event]:
    """Write many lines (act, subject, facts) of one act by one person, as `record` does, with few queries."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("history is written inside the verb's transaction")
    events = [
        Event(
            at=at,
            by_id=by.pk if by is not None else None,
            act=act,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            facts={name: plain(value) for name, value in facts.items()},
        )
        for act, subject, facts in lines
    ]
    if events:
        doorbell.ring()
    return Event.objects.bulk_create(events, batch_size=1000)


def plain(value: object) -> object:
    """A fact as JSON holds it: instants and dates in ISO form, rows as their words, the rest as it is."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return DjangoJSONEncoder().default(value)
