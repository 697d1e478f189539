"""What a person is shown beside a day and an hour that they type: what stands there, and the nearest free slots."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from changeboard import words
from changeboard.directory.queries.public_holidays import holiday
from changeboard.refusal import Reason
from maintenance.domain import recurrence
from maintenance.domain.conflicts import IN_FREEZE
from maintenance.domain.recurrence import Slot
from maintenance.models import Window
from maintenance.queries.conflicts import before_saving
from maintenance.queries.standing import clash_reasons, free_days

PROPOSED = 4
OFF_CADENCE = ("window.off_cadence", "window.far_off_cadence")


@dataclass(frozen=True)
class Beside:
    """A window as it would lie, what it runs into, what somebody would have to answer for, the public holiday of
    its day, and free slots near it."""

    wanted: Slot
    clashes: tuple[Reason, ...]
    answers: tuple[Reason, ...]
    holiday: str
    free: tuple[Slot, ...]

    @property
    def can_be_overridden(self) -> bool:
        """Whether nothing but a freeze is in the way."""
        return bool(self.clashes) and all(each.code == IN_FREEZE for each in self.clashes)

    @property
    def to_see(self) -> list[str]:
        """What has to be seen before it is saved, as it is read. That it lies off its cadence is what a page like
        this is for, and its reason is asked there."""
        return [words.sentence(each) for each in self.answers if each.code not in OFF_CADENCE]

    def has_news(self, seen: Collection[str]) -> bool:
        """Whether there is more to see than these sentences."""
        return not set(self.to_see) <= set(seen)


def beside(wanted: Window | None, *, now: datetime, but: date | None = None) -> Beside | None:
    """None while the form does not say where it would lie. `but`, where it lies now, is not proposed. Six
    queries, and those of the conflicts."""
    if wanted is None:
        return None
    slot = Slot(wanted.on, wanted.starts_at, wanted.ends_at)
    free = [
        recurrence.slot(on, wanted.start_time, wanted.time_zone, wanted.length_seconds)
        for on in free_days(wanted, now=now, count=PROPOSED + 1)
        if on != but
    ]
    against = before_saving(copy(wanted), at=now)
    answers = tuple(each.reason for each in against if not each.is_refused)
    return Beside(slot, tuple(clash_reasons(wanted)), answers, holiday(wanted.on), tuple(free[:PROPOSED]))
