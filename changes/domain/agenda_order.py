"""The order of an agenda: emergency and short notice first, then by window (PRODUCT.md section 7). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

NO_WINDOW = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Candidate:
    """A change that waits for the board; `starts_at` is its window's start, None without one."""

    change_id: int
    number: int
    is_short_notice: bool
    is_emergency: bool
    starts_at: datetime | None


def ordered(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Emergencies, then short notice, then the rest; within each by window, then by number."""
    return sorted(
        candidates,
        key=lambda each: (
            not each.is_emergency,
            not each.is_short_notice,
            each.starts_at or NO_WINDOW,
            each.number,
        ),
    )


def arranged(usual: Sequence[int], by_hand: Sequence[int]) -> list[int]:
    """Items (ids) as the chair arranged them. What came since stands before the first of those that the usual
    order puts after it, at the end where there is none: a new emergency still comes first."""
    held = [each for each in by_hand if each in usual]
    found = list(held)
    for place, each in enumerate(usual):
        if each not in held:
            after = set(usual[place + 1 :])
            found.insert(next((n for n, other in enumerate(found) if other in after), len(found)), each)
    return found


def moved(order: Sequence[int], item: int, to: int) -> list[int]:
    """The order with this item at the place `to`, counted from 1; beyond the ends it stands at the end."""
    rest = [each for each in order if each != item]
    place = min(max(to, 1), len(order)) - 1
    return [*rest[:place], item, *rest[place:]]
