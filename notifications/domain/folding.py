"""After an outage, or for a contact that came late, at most one notice a window: the newest that applies.

The rest are skipped, with the reason, and name the notice that carries them (PRODUCT.md section 6).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from notifications.domain.lifecycle import TOLD, State
from notifications.domain.milestones import (
    AHEAD,
    AT_ONCE,
    ORDER,
    POINT_OF_SERVICE,
    RETRACTIONS,
    WELL_AHEAD,
    WHILE_IT_RUNS,
    Milestone,
)
from notifications.domain.picture import Entry, Planned, WindowPicture

M = Milestone
Key = tuple[int, str, Milestone]
FOLDED, TOO_LATE, TOLD_BEFORE, WAIVED_BEFORE = "folded", "too_late", "told_before", "waived_before"
OVER = "over"


def fold(
    wanted: Iterable[Planned], ledger: Sequence[Entry], window: WindowPicture, now: datetime
) -> list[Planned]:
    """The same rows, those that must not be sent marked with the reason. Only open rows are judged."""
    settled = {
        (entry.contact_id, entry.channel, entry.milestone)
        for entry in ledger
        if entry.revision == window.present.number and entry.state not in (State.PLANNED, State.SUPERSEDED)
    }
    same_times = _under_the_same_times(window, ledger)
    before = _settled_before(same_times)
    held = {entry.key: entry.id for entry in same_times if entry.state is State.HELD}
    rows = [row._replace(held_as=held.get(row.key)) for row in wanted] if held else list(wanted)
    open_rows = [row for row in rows if row.key not in settled]
    if window.done_at is not None and window.done_at <= now:
        open_rows = _until_the_end(open_rows)
    judged = {row.key: _judge(row, before, now, is_held=window.is_held) for row in open_rows}
    judged |= _carried([row for row in judged.values() if row.skip == TOO_LATE], rows)
    of_reader: dict[tuple[int, str], list[Planned]] = defaultdict(list)
    for row in judged.values():
        if not row.skip and row.held_as is None and row.try_at is not None and row.due_at <= now:
            of_reader[row.contact_id, row.channel].append(row)
    for due in of_reader.values():
        judged |= {row.key: row for row in _newest_only(due)}
    return _covered_by_a_retraction([judged.get(row.key, row) for row in rows], window)


def _until_the_end(rows: list[Planned]) -> list[Planned]:
    """Work that is over, early or late, is not said to be starting, under way or longer: only that it is done."""
    ends = {(row.contact_id, row.channel) for row in rows if row.milestone is M.DONE}
    return [
        row._replace(skip=OVER, folded_into=M.DONE if (row.contact_id, row.channel) in ends else None)
        if row.milestone in WHILE_IT_RUNS and row.held_as is None
        else row
        for row in rows
    ]


def _judge(row: Planned, before: Mapping[Key, str], now: datetime, *, is_held: bool) -> Planned:
    """What a held window keeps back is judged when it is let go: nobody misses what nobody may send."""
    if row.skip == OVER:
        return row
    if row.key in before:
        return row._replace(skip=before[row.key])
    if now > row.not_after and (not is_held or row.milestone in RETRACTIONS):
        return row._replace(skip=TOO_LATE)
    return row


def _carried(too_late: Sequence[Planned], rows: Sequence[Planned]) -> dict[Key, Planned]:
    """What is too late, with the notice to the same reader that says the same."""
    others: dict[tuple[int, str], list[Milestone]] = defaultdict(list)
    for row in rows if too_late else ():
        others[row.contact_id, row.channel].append(row.milestone)
    return {
        row.key: row._replace(folded_into=carrier(row.milestone, others[row.contact_id, row.channel]))
        for row in too_late
    }


def _newest_only(due: list[Planned]) -> list[Planned]:
    """A changed impact says all that a notice ahead says, but not that work has begun: that is told beside it."""
    newest = max(due, key=lambda row: ORDER.index(row.milestone))
    if newest.milestone is M.CHANGED and (
        at_service := [row for row in due if row.milestone in POINT_OF_SERVICE]
    ):
        return _newest_only(at_service) + _newest_only([row for row in due if row not in at_service])
    return [row if row is newest else row._replace(skip=FOLDED, folded_into=newest.milestone) for row in due]


def carrier(milestone: Milestone, others: Iterable[Milestone]) -> Milestone | None:
    """Which of a reader's other notices says the same when this one is too late: the last one ahead of the
    start; None when nothing does, for the policy asks for none."""
    if milestone not in WELL_AHEAD:
        return None
    reminders = [each for each in others if each in AHEAD and ORDER.index(each) > ORDER.index(milestone)]
    return max(reminders, key=ORDER.index, default=None)


def _under_the_same_times(window: WindowPicture, ledger: Sequence[Entry]) -> list[Entry]:
    """Rows of older revisions with the very same times: moved away and back again, or only the impact changed."""
    same = {
        known.number
        for known in window.revisions[:-1]
        if known.has_times_of(window.present) and known.kind != "cancelled"
    }
    return (
        [entry for entry in ledger if entry.revision in same and entry.milestone not in AT_ONCE]
        if same
        else []
    )


def _settled_before(entries: Iterable[Entry]) -> dict[Key, str]:
    """What need not be said a second time, and why: it was told, or somebody answers for it."""
    waived = {entry.key: WAIVED_BEFORE for entry in entries if entry.state is State.WAIVED}
    return waived | {entry.key: TOLD_BEFORE for entry in entries if entry.state in TOLD}


def _covered_by_a_retraction(rows: list[Planned], window: WindowPicture) -> list[Planned]:
    """Milestones that were due before the window was moved are said by the notice of the move."""
    moved = {(row.contact_id, row.channel) for row in rows if row.milestone is M.MOVED and not row.skip}
    return [
        row._replace(skip=FOLDED, folded_into=M.MOVED)
        if not row.skip
        and row.milestone in AHEAD
        and row.due_at <= window.present.at
        and (row.contact_id, row.channel) in moved
        else row
        for row in rows
    ]
