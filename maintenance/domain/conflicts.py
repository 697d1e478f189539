"""What stands against a window lying where it is wanted. Pure: pictures in, refusals out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from changeboard.refusal import Reason


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

    def holds_for(self, wanted: Span) -> bool:
        """Whether `wanted` lies in it, wholly or in part."""
        concerns = not self.system_ids or wanted.system_id in self.system_ids
        return concerns and overlaps(wanted.starts_at, wanted.ends_at, self.starts_at, self.ends_at)


def overlaps(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Half-open: what ends at the instant at which another begins does not overlap it."""
    return start < other_end and other_start < end


def clashes(wanted: Span, windows: Iterable[Span], freezes: Iterable[Frozen]) -> list[Reason]:
    """Every reason why `wanted` cannot lie there, in the order of PRODUCT.md section 5."""
    others = [window for window in windows if window.id != wanted.id or window.id is None]
    return [
        *(_overlap(window) for window in others if _same_system_at_once(wanted, window)),
        *(_day_taken(window) for window in others if _other_system_that_day(wanted, window)),
        *(_in_freeze(freeze) for freeze in freezes if freeze.hard and freeze.holds_for(wanted)),
    ]


def _same_system_at_once(wanted: Span, window: Span) -> bool:
    return window.system_id == wanted.system_id and (
        window.on == wanted.on or overlaps(wanted.starts_at, wanted.ends_at, window.starts_at, window.ends_at)
    )


def _other_system_that_day(wanted: Span, window: Span) -> bool:
    return window.system_id != wanted.system_id and window.on == wanted.on


def _overlap(window: Span) -> Reason:
    return Reason("window.overlaps", {"window": window.reference, "on": window.on}, "on")


def _day_taken(window: Span) -> Reason:
    return Reason("window.day_taken", {"window": window.reference, "on": window.on}, "on")


def _in_freeze(freeze: Frozen) -> Reason:
    return Reason(
        "window.in_freeze", {"freeze": freeze.name, "until": freeze.ends_at, "since": freeze.starts_at}, "on"
    )
