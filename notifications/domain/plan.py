"""What should be told: window, policy and contacts in, planned notices out. Pure, and safe to run again.

The ledger is an input, so the plan knows who was told what: a retraction goes to them and to nobody
else, and what a contact heard already is not said twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from notifications.domain import milestones
from notifications.domain.impact import differ
from notifications.domain.lifecycle import TOLD
from notifications.domain.milestones import (
    AHEAD,
    AT_ONCE,
    POINT_OF_SERVICE,
    WELL_AHEAD,
    Audience,
    Line,
    Milestone,
)
from notifications.domain.picture import Entry, Kind, Planned, Reader, Revision, WindowPicture

M = Milestone


class Times(NamedTuple):
    """When a milestone is due, next tried (None: after an event) and of no use any more. Instants in UTC."""

    milestone: Milestone
    due_at: datetime
    try_at: datetime | None
    not_after: datetime


def plan(
    window: WindowPicture, lines: Iterable[Line], readers: Iterable[Reader], ledger: Sequence[Entry]
) -> list[Planned]:
    """Every notice that the window's present revision asks for, each contact and milestone once.

    Rows that are in the ledger already are part of the answer too; folding decides which of those that
    are due are really sent.
    """
    retractions = list(retract(window, ledger))
    if window.is_cancelled:
        return retractions
    by_policy = [line for line in lines if line.is_about(window)]
    wanted: dict[tuple[int, str, Milestone], Planned] = {row.key: row for row in retractions}
    times: dict[Kind, list[Times]] = {}
    for reader in readers:
        kind = reader.kind
        if kind not in times:
            times[kind] = list(asked_for(kind, by_policy, window))
        for milestone, due_at, when, not_after in times[kind]:
            try_at = None if window.is_held else when
            key = reader.contact_id, reader.channel, milestone
            if key not in wanted:
                wanted[key] = Planned(
                    reader.contact_id, reader.channel, reader.audience, milestone, due_at, try_at, not_after
                )
    return list(wanted.values())


def retract(window: WindowPicture, ledger: Sequence[Entry]) -> Iterator[Planned]:
    """The move, cancellation or change of impact, for whoever was told something else before; nobody else hears
    of it."""
    now_true = window.present
    if now_true.kind == "made":
        return
    told = {
        (entry.contact_id, entry.milestone): entry.channel
        for entry in ledger
        if entry.revision == now_true.number and entry.milestone in AT_ONCE and entry.state in TOLD
    }
    for heard in _last_heard(window, ledger):
        was_true = window.revision(heard.revision)
        milestone = _news(window, heard, was_true)
        if milestone is None:
            continue
        try_at = None if milestone is M.CHANGED and _waits(window, heard) else now_true.at
        closes = milestones.too_late_to_retract(was_true.ends_at, now_true.at)
        # Whoever is told by another way since then: by that one, unless they have heard it.
        channel = told.get((heard.contact_id, milestone)) or heard.told_by or heard.channel
        yield Planned(heard.contact_id, channel, heard.audience, milestone, now_true.at, try_at, closes)


def _news(window: WindowPicture, heard: Entry, was_true: Revision) -> Milestone | None:
    """What of the present revision contradicts what this reader heard, if anything does."""
    now_true = window.present
    if heard.milestone is M.CANCELLED:
        return None
    if window.is_cancelled:
        return M.CANCELLED
    if not was_true.has_times_of(now_true):
        return M.MOVED
    concern = window.concerns.get(heard.contact_id)
    return M.CHANGED if differ(was_true.impact, now_true.impact, concern) else None


def _waits(window: WindowPicture, heard: Entry) -> bool:
    """What a freeze holds, and what goes over its budget, may yet become something else: it is told later."""
    return window.is_held or (window.is_over_budget and heard.audience is Audience.CLIENTS)


def _last_heard(window: WindowPicture, ledger: Sequence[Entry]) -> list[Entry]:
    """For each contact the newest revision it was told of, older than the present one, by whatever channel."""
    newest: dict[int, Entry] = {}
    for entry in ledger:
        if entry.state in TOLD and entry.is_reachable and entry.revision < window.present.number:
            known = newest.get(entry.contact_id)
            if known is None or known.revision <= entry.revision:
                newest[entry.contact_id] = entry
    return list(newest.values())


def asked_for(kind: Kind, lines: Iterable[Line], window: WindowPicture) -> Iterator[Times]:
    """What the policy asks for one kind of reader, in the order of the milestones."""
    mine: dict[Milestone, Line] = {}
    for line in lines:
        if line.audience is kind.audience and line.goes_by(kind.channel):
            mine.setdefault(line.milestone, line)
    if not kind.is_order_system:
        yield from _ahead(kind, [mine[each] for each in AHEAD if each in mine], window)
    if kind.is_order_system or kind.wants_point_of_service or kind.audience is not Audience.CLIENTS:
        for milestone in POINT_OF_SERVICE:
            if milestone in mine:
                yield from _at_service(mine[milestone], window, kind)


def _ahead(kind: Kind, lines: Sequence[Line], window: WindowPicture) -> Iterator[Times]:
    """The contract moves the first of them; none is due after one that is told later."""
    start, known_at = window.present.starts_at, window.known_at
    reminder = next((line.local_hour for line in lines if line.milestone is M.DAY_BEFORE), None)
    # Where nobody is reminded, late is better than never: until a reminder would be too late as well.
    is_last_word = all(line.milestone in WELL_AHEAD for line in lines)
    found: list[Times] = []
    for line in reversed(lines):
        contract = kind.contract_days if line is lines[0] else None
        due = milestones.due_ahead(line, start, kind.zone, contract, known_at)
        due = min(due, found[-1].due_at) if found else due
        closes = (
            start - milestones.DAY_BEFORE_CLOSES
            if is_last_word
            else milestones.too_late_ahead(line, start, kind.zone, reminder)
        )
        found.append(Times(line.milestone, due, None if _is_refused(window, kind) else due, closes))
    return reversed(found)


def _is_refused(window: WindowPicture, kind: Kind) -> bool:
    """Announcing is refused, telling ourselves is not; nor is what happens at the point of service."""
    return window.is_over_budget and kind.audience is Audience.CLIENTS


def _at_service(line: Line, window: WindowPicture, kind: Kind) -> Iterator[Times]:
    """Starting and, in an OMS, under way follow the clock; the rest follows Go Time."""
    milestone, start, end = line.milestone, window.present.starts_at, window.ends_at
    closes = milestones.too_late_at_service(milestone, start, end)
    if milestone is M.STARTING:
        due: datetime = start - timedelta(minutes=line.minutes_before)
        yield Times(milestone, due, due, closes)
    elif milestone is M.UNDER_WAY:
        by_clock = start if kind.is_order_system else None
        yield Times(milestone, window.started_at or start, window.started_at or by_clock, closes)
    elif milestone is M.EXTENDED and window.extended_at is not None:
        yield Times(milestone, window.extended_at, window.extended_at, closes)
    elif milestone is M.DONE:
        closes = max(closes, (window.done_at or closes) + milestones.HOUR)
        yield Times(milestone, window.done_at or end, window.done_at, closes)
