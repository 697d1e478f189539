"""What the board's work came to: how long it took, what it changed, what it regretted. Pure sums over histories.

A case is one change that the board decided on; instants are UTC, sums in seconds where they end in that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import TypeVar

SETTLED = ("approve", "approve_with_conditions", "reject")
APPROVED = ("approve", "approve_with_conditions")
DEFERRED = "defer"
FAILED = ("backed_out", "unsuccessful")
# Where history keeps the undo of a step: (phase, text, undo, …).
UNDO = 2


@dataclass(frozen=True)
class Ruling:
    """One decision: when, and its outcome."""

    at: datetime
    outcome: str


@dataclass(frozen=True)
class Edit:
    """What one edit did: the worst case before and after, None where it was not touched, and how many steps
    more than before say how they are undone."""

    at: datetime
    worst: tuple[int, int] | None
    undo_steps: int


@dataclass(frozen=True)
class Answer:
    """An answer to a question, in its words."""

    at: datetime
    question: str


Happening = TypeVar("Happening", Edit, Answer)


@dataclass(frozen=True)
class Case:
    """One change before the board, oldest first in each list. `ended` is how it was closed, "" before."""

    submitted_at: datetime | None
    rulings: Sequence[Ruling]
    edits: Sequence[Edit] = ()
    answers: Sequence[Answer] = ()
    conditions: int = 0
    ended: str = ""

    @property
    def settled_at(self) -> datetime | None:
        """Of the last decision that was none to wait."""
        return max((each.at for each in self.rulings if each.outcome in SETTLED), default=None)

    @property
    def took(self) -> timedelta | None:
        """From the first submission to the decision; None while there is none."""
        return self.settled_at - self.submitted_at if self.settled_at and self.submitted_at else None

    @property
    def deferrals(self) -> int:
        return sum(each.outcome == DEFERRED for each in self.rulings)

    @property
    def is_approved(self) -> bool:
        """As the last decision says."""
        return bool(self.rulings) and self.rulings[-1].outcome in APPROVED

    @property
    def is_regretted(self) -> bool:
        """Approved, and then backed out or without success."""
        return self.is_approved and self.ended in FAILED

    @property
    def worst_removed_seconds(self) -> int:
        """By how much the worst case became shorter before the board; below 0 where it became longer."""
        return sum(each.worst[0] - each.worst[1] for each in self._before(self.edits) if each.worst)

    @property
    def undo_steps_added(self) -> int:
        return sum(each.undo_steps for each in self._before(self.edits))

    @property
    def wrong_at_first(self) -> int:
        """How many questions got another answer before the decision."""
        return len(self._anew())

    @property
    def waited_for_answers(self) -> timedelta:
        """From the first answer to the last one, of those that got another."""
        return sum((last - first for first, last in self._anew()), timedelta())

    @property
    def waited_deferred(self) -> timedelta:
        """From each deferral to the next decision, where there was one."""
        pairs = zip(self.rulings, self.rulings[1:], strict=False)
        return sum((then.at - now.at for now, then in pairs if now.outcome == DEFERRED), timedelta())

    def _anew(self) -> list[tuple[datetime, datetime]]:
        found: dict[str, list[datetime]] = {}
        for each in self._before(self.answers):
            found.setdefault(each.question, []).append(each.at)
        return [(min(ats), max(ats)) for ats in found.values() if len(ats) > 1]

    def _before(self, rows: Iterable[Happening]) -> list[Happening]:
        """Those from the submission to the last decision."""
        until = max((each.at for each in self.rulings), default=None)
        if self.submitted_at is None or until is None:
            return []
        return [each for each in rows if self.submitted_at <= each.at <= until]


def quantile(values: Iterable[timedelta], share: float) -> timedelta | None:
    """The smallest value that at least this share of all does not exceed (nearest rank); None of none."""
    rows = sorted(values)
    return rows[max(ceil(share * len(rows)), 1) - 1] if rows else None


def with_undo(steps: object) -> int:
    """How many of the steps that history kept say how they are undone."""
    rows = steps if isinstance(steps, Sequence) and not isinstance(steps, str) else ()
    return sum(bool(_undo(row)) for row in rows)


def _undo(row: object) -> str:
    if isinstance(row, Mapping):
        return str(row.get("undo") or "").strip()
    has = isinstance(row, Sequence) and not isinstance(row, str) and len(row) > UNDO
    return str(row[UNDO] or "").strip() if has else ""  # type: ignore[index]


@dataclass(frozen=True)
class Sitting:
    """One meeting that was held: who had a seat, who was there, and for whom somebody sat in."""

    on: date
    members: frozenset[int]
    present: frozenset[int]
    stood_in: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Attended:
    """How often of how many meetings; `stood_in` of them by a substitute."""

    meetings: int
    present: int
    stood_in: int

    @property
    def share(self) -> float:
        """Per cent, substitutes counted; 0 where there was no meeting."""
        return 100 * (self.present + self.stood_in) / self.meetings if self.meetings else 0.0

    def __add__(self, other: "Attended") -> "Attended":
        return Attended(
            self.meetings + other.meetings, self.present + other.present, self.stood_in + other.stood_in
        )


def attended(sittings: Iterable[Sitting], member: int) -> Attended:
    """Of the meetings on whose day the member had a seat. Who is there does not need a substitute."""
    own = [each for each in sittings if member in each.members]
    present = sum(member in each.present for each in own)
    return Attended(len(own), present, sum(member in each.stood_in - each.present for each in own))
