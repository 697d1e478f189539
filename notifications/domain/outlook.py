"""What goes out until an instant if nobody changes anything: the plan on a clock that runs ahead. Pure.

One function answers for the page, for `send_notices --dry-run --until` and for what a changed policy would
mean; nothing is written to find it out (PRODUCT.md section 6).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from notifications.domain import folding
from notifications.domain.lifecycle import State
from notifications.domain.milestones import ORDER, Line
from notifications.domain.picture import Entry, Planned, Reader, WindowPicture
from notifications.domain.plan import plan


class Going(NamedTuple):
    """One notice that will go out, and when (UTC). It is late where its hour is past already."""

    at: datetime
    row: Planned
    is_late: bool


def going(
    window: WindowPicture,
    lines: Iterable[Line],
    readers: Iterable[Reader],
    ledger: Sequence[Entry],
    *,
    now: datetime,
    until: datetime,
) -> list[Going]:
    """The notices of one window that will go out after `now` and by `until`, in their order.

    What waits for an event (done, extended) is not foreseen. What is held, was told or was given up is not
    among them; what was tried and waits goes at the time of its next try.
    """
    known = {entry.key: entry for entry in ledger if entry.revision == window.present.number}
    wanted = folding.fold(plan(window, lines, readers, ledger), ledger, window, now)
    found: dict[tuple[int, str, datetime], Going] = {}
    for row in wanted:
        entry = known.get(row.key)
        at = _goes_at(row, entry, now)
        if at is None or at > until or at > row.not_after:
            continue
        # Two that fall due at one instant are one notice, the newer (PRODUCT.md section 6, lateness).
        place = row.contact_id, row.channel, at
        there = found.get(place)
        if there is None or ORDER.index(there.row.milestone) < ORDER.index(row.milestone):
            found[place] = Going(at, row, row.due_at < now)
    return sorted(found.values(), key=lambda each: (each.at, each.row.contact_id))


def _goes_at(row: Planned, entry: Entry | None, now: datetime) -> datetime | None:
    """When it is sent; None when it never is."""
    if row.skip or row.try_at is None or (entry is not None and entry.state is not State.PLANNED):
        return None
    tried_again = entry.try_at if entry is not None and entry.tries else None
    return max(tried_again or row.try_at, now)
