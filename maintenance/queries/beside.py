"""What a person is shown beside a day and an hour that they type: what stands there, and the nearest free slots."""

from dataclasses import dataclass
from datetime import date, datetime

from changeboard.directory.queries.public_holidays import holiday
from changeboard.refusal import Reason
from maintenance.domain import recurrence
from maintenance.domain.recurrence import Slot
from maintenance.models import Window
from maintenance.queries.standing import clash_reasons, free_days

PROPOSED = 4


@dataclass(frozen=True)
class Beside:
    """A window as it would lie, what it runs into, the public holiday of its day, and free slots near it."""

    wanted: Slot
    clashes: tuple[Reason, ...]
    holiday: str
    free: tuple[Slot, ...]


def beside(wanted: Window | None, *, now: datetime, but: date | None = None) -> Beside | None:
    """None while the form does not say where it would lie. `but`, where it lies now, is not proposed. Six
    queries."""
    if wanted is None:
        return None
    slot = Slot(wanted.on, wanted.starts_at, wanted.ends_at)
    free = [
        recurrence.slot(on, wanted.start_time, wanted.time_zone, wanted.length_seconds)
        for on in free_days(wanted, now=now, count=PROPOSED + 1)
        if on != but
    ]
    return Beside(slot, tuple(clash_reasons(wanted)), holiday(wanted.on), tuple(free[:PROPOSED]))
