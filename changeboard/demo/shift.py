"""How far the platform's clock is ahead. The database holds it, so all processes agree within MEMO_SECONDS."""

import time
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, transaction

from changeboard.demo.models import ClockShift
from changeboard.refusal import refuse

MEMO_SECONDS = 0.25


class _Memo:
    ahead = timedelta()
    read_at = float("-inf")


def ahead() -> timedelta:
    """What `clock.now()` adds, read at most every MEMO_SECONDS. Keeps its last answer while the database is away."""
    if time.monotonic() - _Memo.read_at > MEMO_SECONDS:
        _Memo.read_at = time.monotonic()
        try:
            read()
        except DatabaseError:
            # Before the first migration, and in a transaction that failed: the clock must go on.
            return _Memo.ahead
    return _Memo.ahead


def read() -> timedelta:
    """The same, read now. A savepoint keeps the caller's transaction whole if the table is not there yet."""
    with transaction.atomic():
        found = ClockShift.objects.filter(pk=1).values_list("ahead", flat=True).first()
    _Memo.ahead, _Memo.read_at = found or timedelta(), time.monotonic()
    return _Memo.ahead


def forget() -> None:
    """Read anew at the next question."""
    _Memo.read_at = float("-inf")


@transaction.atomic
def move_to(instant: datetime) -> timedelta:
    """Let the platform's clock show `instant` (aware) now. Refused backwards: what was sent stays sent."""
    ClockShift.objects.get_or_create(pk=1)
    row = ClockShift.objects.select_for_update().get(pk=1)
    wanted = instant - datetime.now(UTC)
    if wanted < row.ahead:
        raise refuse("clock.only_forward", at_field="at")
    row.ahead = wanted
    row.save(update_fields=["ahead"])
    _Memo.ahead, _Memo.read_at = wanted, time.monotonic()
    return wanted
