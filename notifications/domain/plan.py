"""What should be told: window, policy and contacts in, planned notices out. Pure, and safe to run again.

The ledger is an input, so the plan knows who was told what: a retraction goes to them and to nobody
else, and what a contact heard already is not said twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications.domain import milestones
from notifications.domain.lifecycle import TOLD, State
from notifications.domain.milestones import AHEAD, Audience, Line, Milestone, When

M = Milestone
OMS = "oms"


@dataclass(frozen=True)
class Revision:
    """What was true of a window under one revision. `kind` is made, moved, changed, followed or cancelled."""

    number: int
    starts_at: datetime
    ends_at: datetime
    kind: str
    at: datetime


@dataclass(frozen=True)
class WindowPicture:
    """What the plan needs of a window. `revisions` in order, the present one last; instants in UTC."""

    id: int
    revisions: tuple[Revision, ...]
    is_short_notice: bool = False
    started_at: datetime | None = None
    extended_at: datetime | None = None
    expected_end_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def present(self) -> Revision:
        return self.revisions[-1]

    @property
    def is_cancelled(self) -> bool:
        return self.present.kind == "cancelled"

    @property
    def ends_at(self) -> datetime:
        return max(self.present.ends_at, self.expected_end_at or self.present.ends_at)

    def revision(self, number: int) -> Revision:
        return next((known for known in self.revisions if known.number == number), self.revisions[0])


@dataclass(frozen=True)
class Reader:
    """A contact that the window concerns: affected client's, or internal."""

    contact_id: int
    audience: Audience
    zone: str
    channel: str
    contract_days: int | None = None
    wants_point_of_service: bool = False


@dataclass(frozen=True)
class Entry:
    """A row of the ledger as the plan sees it."""

    contact_id: int
    channel: str
    revision: int
    milestone: Milestone
    audience: Audience
    state: State


@dataclass(frozen=True)
class Planned:
    """One notice to one contact. `try_at` None: it waits for an event. `skip` names why it is not sent."""

    contact_id: int
    channel: str
    audience: Audience
    milestone: Milestone
    due_at: datetime
    try_at: datetime | None
    not_after: datetime
    skip: str = ""
    folded_into: Milestone | None = None

    @property
    def key(self) -> tuple[int, str, Milestone]:
        return self.contact_id, self.channel, self.milestone


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
    by_policy = [line for line in lines if line.when is When.EVERY_WINDOW or window.is_short_notice]
    wanted: dict[tuple[int, str, Milestone], Planned] = {row.key: row for row in retractions}
    for reader in readers:
        for line in by_policy:
            if line.audience is reader.audience:
                for row in _told_by(line, window, reader):
                    wanted.setdefault(row.key, row)
    return list(wanted.values())


def retract(window: WindowPicture, ledger: Sequence[Entry]) -> Iterator[Planned]:
    """The move or cancellation, for whoever was told something else before; nobody else hears of it."""
    now_true = window.present
    if now_true.kind == "made":
        return
    milestone = M.CANCELLED if window.is_cancelled else M.MOVED
    for heard in _last_heard(window, ledger):
        was_true = window.revision(heard.revision)
        same = (was_true.starts_at, was_true.ends_at) == (now_true.starts_at, now_true.ends_at)
        if heard.milestone is M.CANCELLED or (same and milestone is M.MOVED):
            continue
        closes = milestones.too_late_to_retract(was_true.ends_at, now_true.at)
        yield Planned(
            heard.contact_id, heard.channel, heard.audience, milestone, now_true.at, now_true.at, closes
        )


def _last_heard(window: WindowPicture, ledger: Sequence[Entry]) -> list[Entry]:
    """For each contact and channel the newest revision it was told of, older than the present one."""
    newest: dict[tuple[int, str], Entry] = {}
    for entry in ledger:
        if entry.state in TOLD and entry.revision < window.present.number:
            key = entry.contact_id, entry.channel
            if key not in newest or newest[key].revision <= entry.revision:
                newest[key] = entry
    return list(newest.values())


def _told_by(line: Line, window: WindowPicture, reader: Reader) -> Iterator[Planned]:
    """What one line of the policy asks for one contact: one notice or none."""
    start = window.present.starts_at
    if line.milestone in AHEAD:
        if reader.channel == OMS:
            return
        due = milestones.due_ahead(line, start, reader.zone, reader.contract_days)
        closes = milestones.too_late_ahead(line, start, reader.zone)
        yield _row(reader, line.milestone, due, due, closes)
    elif reader.channel == OMS or reader.wants_point_of_service or reader.audience is not Audience.CLIENTS:
        yield from _at_service(line.milestone, window, reader)


def _at_service(milestone: Milestone, window: WindowPicture, reader: Reader) -> Iterator[Planned]:
    """Starting and, in an OMS, under way follow the clock; the rest follows Go Time."""
    start, end = window.present.starts_at, window.ends_at
    closes = milestones.too_late_at_service(milestone, start, end)
    if milestone is M.STARTING:
        due: datetime = start - milestones.STARTING_LEAD
        yield _row(reader, milestone, due, due, closes)
    elif milestone is M.UNDER_WAY:
        by_clock = start if reader.channel == OMS else None
        yield _row(reader, milestone, window.started_at or start, window.started_at or by_clock, closes)
    elif milestone is M.EXTENDED and window.extended_at is not None:
        yield _row(reader, milestone, window.extended_at, window.extended_at, closes)
    elif milestone is M.DONE:
        closes = max(closes, (window.done_at or closes) + milestones.HOUR)
        yield _row(reader, milestone, window.done_at or end, window.done_at, closes)


def _row(
    reader: Reader, milestone: Milestone, due: datetime, try_at: datetime | None, closes: datetime
) -> Planned:
    return Planned(reader.contact_id, reader.channel, reader.audience, milestone, due, try_at, closes)
