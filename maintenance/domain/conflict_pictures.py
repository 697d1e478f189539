"""Windows, freezes, riders and clients as the rules of conflicts see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maintenance.domain.budget import Length


@dataclass(frozen=True)
class Span:
    """A window as the clash rules see it; `on` is the platform day, instants in UTC."""

    id: int | None
    reference: str
    system_id: int
    on: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Frozen:
    """A freeze in force. No system ids: it holds for all."""

    name: str
    starts_at: datetime
    ends_at: datetime
    system_ids: frozenset[int]
    hard: bool = True
    id: int | None = None

    def holds_for(self, wanted: Span) -> bool:
        """Whether `wanted` lies in it, wholly or in part."""
        concerns = not self.system_ids or wanted.system_id in self.system_ids
        return concerns and overlaps(wanted.starts_at, wanted.ends_at, self.starts_at, self.ends_at)


@dataclass(frozen=True)
class Rider:
    """A change that asks for the window or rides on it: the names of the services that it touches and of those
    who own its steps while it runs, by their ids; ids of its systems; whether clients feel it."""

    id: int
    label: str
    services: Mapping[int, str]
    people: Mapping[int, str]
    systems: frozenset[int] = frozenset()
    is_felt: bool = False


@dataclass(frozen=True)
class Reader:
    """An affected client as far as its dates go. `lead_days` is what its contract asks for, if it does."""

    id: int
    name: str
    zone: str
    lead_days: int | None = None
    no_go: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Hit:
    """Another window that its clients feel, and those of them whom ours hits too, by id."""

    window: Span
    clients: Mapping[int, str]


@dataclass(frozen=True)
class Picture:
    """A window and all that may stand against it. `cadence` are the starts that its system's cadence has near
    it, None without one or where cadence itself put the window; `known_at`: since when it is to lie there."""

    window: Span
    known_at: datetime
    windows: Collection[Span] = ()
    freezes: Collection[Frozen] = ()
    downtime: Collection[Length] = ()
    budget_seconds: int = 0
    cadence: frozenset[datetime] | None = None
    riders: Sequence[Rider] = ()
    readers: Collection[Reader] = ()
    hits: Collection[Hit] = ()


def overlaps(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Half-open: what ends at the instant at which another begins does not overlap it."""
    return start < other_end and other_start < end
