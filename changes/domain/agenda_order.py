"""The order of an agenda: emergency and short notice first, then by window (PRODUCT.md section 7). Pure."""

from collections.abc import Iterable
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
