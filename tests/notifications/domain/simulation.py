"""The whole promise without a database: a ledger, a clock, a mail server that may be down, and mailboxes."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from notifications.domain import folding
from notifications.domain.impact import Concern, Impact
from notifications.domain.lifecycle import State
from notifications.domain.milestones import AT_ONCE, Line, Milestone
from notifications.domain.picture import Entry, Planned, Reader, Revision, WindowPicture
from notifications.domain.plan import plan
from notifications.domain.quiet import Quiet
from notifications.domain.reconciling import Changes, changes


class Ledger:
    """Rows as the database keeps them; ids count from 1."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def write(self, found: Changes, revision: int) -> None:
        for row in found.fresh:
            self.entries.append(self._made(row, revision))
        for why, ids in (*found.skipped.items(), *found.superseded.items()):
            for number in ids:
                self.set(number, State.SKIPPED if isinstance(why, tuple) else State.SUPERSEDED)
        for times, ids in (*found.shifted.items(), *found.revived.items()):
            for number in ids:
                self.set(number, State.PLANNED, **times._asdict())

    def _made(self, row: Planned, revision: int) -> Entry:
        state = State.SKIPPED if row.skip else State.PLANNED
        return Entry(
            row.contact_id, row.channel, revision, row.milestone, row.audience, state, len(self.entries) + 1,
            row.due_at, None if row.skip else row.try_at, max(row.not_after, row.due_at),
        )  # fmt: skip

    def set(self, number: int, state: State, **figures: object) -> None:
        self.entries[number - 1] = self.entries[number - 1]._replace(state=state, **figures)


class Mail(NamedTuple):
    """What one reader found in the mailbox: when, of which kind, the times it names, and what it says stops."""

    at: datetime
    contact_id: int
    milestone: Milestone
    times: tuple[datetime, datetime]
    impact: Impact


@dataclass
class World:
    """One window and everybody it may concern. `readers` are those that it concerns now, `concerns` what each
    uses."""

    revisions: list[Revision]
    lines: list[Line]
    readers: dict[int, Reader]
    now: datetime
    concerns: dict[int, Concern] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    left: set[int] = field(default_factory=set)
    mails: list[Mail] = field(default_factory=list)
    is_down: bool = False
    quiet: list[Quiet] = field(default_factory=list)
    # Who is told by another channel than e-mail, since when they asked for it.
    ways: dict[int, str] = field(default_factory=dict)

    @property
    def policy(self) -> list[Line]:
        """The lines, each with the quiet periods."""
        return [replace(line, quiet=tuple(self.quiet)) for line in self.lines]

    @property
    def present(self) -> Revision:
        return self.revisions[-1]

    @property
    def times(self) -> tuple[datetime, datetime]:
        return self.present.starts_at, self.present.ends_at

    def impact_for(self, contact: int) -> Impact:
        return (self.present.impact or Impact()).heard_by(self.concerns.get(contact))

    def way(self, entry: Entry) -> str:
        """How its contact is told today."""
        return self.ways.get(entry.contact_id, "email")

    def entries(self) -> list[Entry]:
        """The ledger as the plan sees it."""
        return [
            each._replace(is_reachable=each.contact_id not in self.left, told_by=self.way(each))
            for each in self.ledger.entries
        ]

    def reached(self) -> list[Reader]:
        """Whom the window concerns, and who did not leave."""
        return [
            replace(reader, channel=self.ways.get(pk, reader.channel))
            for pk, reader in self.readers.items()
            if pk not in self.left
        ]

    def tick(self) -> None:
        """A round: nothing happens while the house is down."""
        if self.is_down:
            return
        picture = WindowPicture(1, tuple(self.revisions), concerns=self.concerns)
        entries, readers = self.entries(), self.reached()
        wanted = folding.fold(plan(picture, self.policy, readers, entries), entries, picture, self.now)
        self.ledger.write(changes(wanted, entries, self.present.number), self.present.number)
        self._send()

    def _send(self) -> None:
        due = [
            each
            for each in self.ledger.entries
            if each.state is State.PLANNED and each.try_at and each.try_at <= self.now
        ]
        for entry in sorted(due, key=lambda each: (each.milestone not in AT_ONCE, each.try_at, each.id)):
            if self.now > entry.not_after:
                self.ledger.set(entry.id, State.SKIPPED)
                continue
            if entry.channel != self.way(entry):
                # The address that the contact has now is none of that channel.
                self.ledger.set(entry.id, State.FAILED)
                continue
            self.ledger.set(entry.id, State.ACCEPTED)
            impact = self.impact_for(entry.contact_id)
            self.mails.append(Mail(self.now, entry.contact_id, entry.milestone, self.times, impact))

    def walk(self, by: timedelta) -> None:
        """Let time pass, with a round every quarter of an hour in which something is due, and one at the end."""
        until = self.now + by
        while self.now < until:
            waiting = [
                each.try_at for each in self.ledger.entries if each.state is State.PLANNED and each.try_at
            ]
            ahead = [at for at in waiting if self.now < at < until]
            self.now = until if self.is_down else min([*ahead, self.now + timedelta(days=1), until])
            self.tick()
