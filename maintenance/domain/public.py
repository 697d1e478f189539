"""What everybody may know of a window (PRODUCT.md section 8, last row): the whole of it, and nothing else.

Pages, feeds and mails for people who are not signed in are made from these pictures and never from a row:
a change, a person, a client, a reason or a risk has no field here, so it cannot slip out.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

MONTHS_BEHIND = 3


class Phase(StrEnum):
    """Under way includes verifying: for whoever waits it is over when clients may be told so."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"


PHASES = {"in_progress": Phase.UNDER_WAY, "verifying": Phase.UNDER_WAY, "completed": Phase.DONE}
PHASES |= {"cancelled": Phase.CANCELLED}


def phase(state: str) -> Phase:
    """Of a window in `state`; planned, announced and whatever else stands ahead is planned."""
    return PHASES.get(state, Phase.PLANNED)


@dataclass(frozen=True)
class PublicSystem:
    """A system in the words that clients read."""

    code: str
    mark: str
    what: str = ""
    stops: str = ""
    goes_on: str = ""


@dataclass(frozen=True)
class PublicWindow:
    """One window. Instants in UTC. `was_at`: where it lay before the present revision moved it."""

    key: str
    system: PublicSystem
    starts_at: datetime
    ends_at: datetime
    budget_seconds: int
    phase: Phase
    revision: int
    revised_at: datetime
    was_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    expected_end_at: datetime | None = None
    actual_downtime_seconds: int | None = None

    @property
    def takes_downtime(self) -> bool:
        return self.budget_seconds > 0

    @property
    def is_cancelled(self) -> bool:
        return self.phase is Phase.CANCELLED

    @property
    def took_longer(self) -> bool:
        took = self.actual_downtime_seconds
        return self.takes_downtime and took is not None and took > self.budget_seconds

    @property
    def back_at(self) -> datetime:
        """When it is expected to be over: what Go Time says, else the planned end."""
        return self.expected_end_at or self.ends_at

    @property
    def changed_at(self) -> datetime:
        """When something of this became what it is."""
        return max(filter(None, [self.revised_at, self.started_at, self.finished_at]))


@dataclass(frozen=True)
class PublicFreeze:
    """A time without maintenance: of the systems with these codes, or of all."""

    starts_at: datetime
    last_moment: datetime
    systems: tuple[str, ...] = ()


def begins_on(now: datetime) -> datetime:
    """From when on windows are kept in what is public: three whole months and the present one (UTC).

    By the month and not by the moment, so that what is asked for a minute later is the very same; cancelled
    windows stay for a calendar program well above the thirty days after their end.
    """
    months = now.year * 12 + now.month - 1 - MONTHS_BEHIND
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)


def fingerprint(*of: object) -> str:
    """The same for the same facts, in every process and at any time: what a strong ETag is made of."""
    return hashlib.sha256(repr(of).encode()).hexdigest()[:32]


def newest(windows: Iterable[PublicWindow], since: datetime) -> datetime:
    """When the last of them changed, not before `since`."""
    return max([since, *(window.changed_at for window in windows)])
