"""What should be told minus what is in the ledger: the rows to add, skip, shift and supersede. Pure.

Applied, it is its own fixed point: the same plan on the ledger that results asks for no change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from notifications.domain import folding
from notifications.domain.lifecycle import OPEN, State
from notifications.domain.milestones import Milestone
from notifications.domain.picture import Entry, Planned

OLD_REVISION, NOT_WANTED = "revision", "not_wanted"


class Skip(NamedTuple):
    """Why an open row is not sent, and the notice that says the same."""

    reason: str
    folded_into: Milestone | None


class Times(NamedTuple):
    """When an open row is due, next tried and of no use any more (UTC)."""

    due_at: datetime
    try_at: datetime | None
    not_after: datetime


@dataclass
class Changes:
    """What is to be written. Ids of rows, grouped by what they all get: few statements for many rows."""

    fresh: list[Planned] = field(default_factory=list)
    skipped: dict[Skip, list[int]] = field(default_factory=lambda: defaultdict(list))
    shifted: dict[Times, list[int]] = field(default_factory=lambda: defaultdict(list))
    superseded: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    # Asked for again: a client that a change touches, no longer touches, and touches after all.
    revived: dict[Times, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def is_none(self) -> bool:
        return not (self.fresh or self.skipped or self.shifted or self.superseded or self.revived)


def changes(wanted: Sequence[Planned], ledger: Iterable[Entry], revision: int) -> Changes:
    """From what is planned for the present `revision` and all rows of the window to what must be written."""
    found, known = Changes(), dict[tuple[int, str, Milestone], Entry]()
    for entry in ledger:
        if entry.revision == revision:
            known[entry.key] = entry
        elif entry.state in OPEN:
            found.superseded[OLD_REVISION].append(entry.id)
    for row in wanted:
        there = known.pop(row.key, None)
        if there is not None:
            _bring(there, row, found)
        elif not is_lost(row):
            found.fresh.append(row)
    # What is left over nothing asks for any more.
    for entry in known.values():
        if entry.state in OPEN:
            found.superseded[NOT_WANTED].append(entry.id)
    return found


def _bring(there: Entry, row: Planned, found: Changes) -> None:
    """Follow a changed hour, zone or event, or a freeze that holds the window or lets go of it; what a person
    holds or a sender has is left alone. A row that was tried keeps the time of its next try."""
    if row.skip and there.state is State.PLANNED:
        found.skipped[Skip(row.skip, row.folded_into)].append(there.id)
    if row.skip or there.state not in (State.PLANNED, State.SUPERSEDED):
        return
    keeps = there.tries and there.try_at is not None and row.try_at is not None
    times = Times(row.due_at, there.try_at if keeps else row.try_at, max(row.not_after, row.due_at))
    if there.state is State.SUPERSEDED:
        found.revived[times._replace(try_at=row.try_at)].append(there.id)
    elif times != (there.due_at, there.try_at, there.not_after):
        found.shifted[times].append(there.id)


def is_lost(row: Planned) -> bool:
    """A contact that came after a notice had become useless was never owed it."""
    return row.skip == folding.TOO_LATE and row.folded_into is None
