"""One batch: rows that one process claimed together, checked again, sent, and marked after the answers.

The clerk writes while mails go out. Never do more than `NOTICES_A_MARK` answers wait to be written down, those
counted that the clerk is writing just now: that many mails, at most, go out twice when we are killed.
"""

import logging
import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from changeboard import clock
from notifications.actions import claiming, marking, owners
from notifications.actions.claiming import Prepared
from notifications.actions.clerk import Clerk
from notifications.channels.ways import Way
from notifications.domain import lease, threading
from notifications.domain.backoff import Answer, Kind
from notifications.domain.lifecycle import State
from notifications.models import Delivery
from notifications.queries import letters

logger = logging.getLogger(__name__)

# Prepared and fenced together.
GROUP = 10
# A batch that meets a slow server ends after this and gives the rest back: others, or the next, go on.
BATCH_SECONDS = 15.0

Now = Callable[[], datetime]
Stop = Callable[[], bool]


@dataclass
class Sent:
    """What a run did."""

    accepted: int = 0
    offered: int = 0
    failed: int = 0
    put_off: int = 0
    skipped: int = 0
    stopped: bool = False
    rows: int = 0
    # The channel's own way is shut, or so slow that a batch ran out of time: no use in another one now.
    over: bool = False

    def __iadd__(self, other: "Sent") -> "Sent":
        self.accepted += other.accepted
        self.offered += other.offered
        self.failed += other.failed
        self.put_off += other.put_off
        self.skipped += other.skipped
        self.rows += other.rows
        self.over |= other.over
        return self


@dataclass
class Group:
    """A few mails that were prepared and fenced together."""

    prepared: list[Prepared]
    # When the fence was asked for, on the steady clock, and what it answers: the rows that are ours.
    fenced_at: float = 0.0
    fenced: "Future[set[int]] | None" = None

    @property
    def rows(self) -> list[Delivery]:
        return [one.row for one in self.prepared]


class Batch:
    """Rows that one process claimed together. Every row leaves it marked, given back, or in other hands."""

    def __init__(self, rows: list[Delivery], way: Way, clerk: Clerk, owner: str, passing: Now) -> None:
        self.rows = rows
        self.sent = Sent(rows=len(rows))
        self._way, self._clerk, self._owner, self._passing = way, clerk, owner, passing
        self._most = max(1, settings.NOTICES_A_MARK)
        # What has certainly not left the house; a row leaves it just before its channel gets it.
        self._unsent = {row.pk: row for row in rows}
        self._unmarked: list[marking.Said] = []
        # What the clerk is writing just now, and how many answers are among it.
        self._writing: Future[set[int]] | None = None
        self._in_writing = 0
        self._handed_at = 0.0
        # The group whose fence goes along with the next answers.
        self._ahead: Group | None = None

    @classmethod
    def claimed(cls, channel: str, way: Way, clerk: Clerk, most: int, passing: Now) -> "Batch":
        owner = owners.new()
        return cls(claiming.claim(channel, most, owner=owner, now=passing()), way, clerk, owner, passing)

    def send(self, stop: Stop) -> Sent:
        """Send all of them, group after group, until the time of a batch is over."""
        self._clerk.ready()
        self._handed_at = began = clock.steady()
        try:
            self._way.expect(self.rows)
            groups = self._groups()
            group = self._ahead = next(groups, None)
            while group is not None:
                if group.fenced is None:
                    self._hand_over()
                # Prepared while the clerk asks for this group's fence, and marks the one before.
                self._ahead = following = next(groups, None)
                self.sent.over |= clock.steady() - began > BATCH_SECONDS
                if self.sent.over or stop():
                    break
                self._send_group(group, stop)
                group = following
        finally:
            # Also when a connection broke, or somebody wants us to end.
            self._ahead = None
            self._hand_over()
            self._settle()
            self._give_back(list(self._unsent.values()))
        return self.sent

    def _groups(self) -> Iterator[Group]:
        for first in range(0, len(self.rows), GROUP):
            yield Group(self._prepared(self.rows[first : first + GROUP]))

    def _prepared(self, rows: list[Delivery]) -> list[Prepared]:
        """What each reader would get. What is too late is given up, what cannot be rendered is put off."""
        found = []
        for row in rows:
            at = self._passing()
            if at > row.not_after:
                self.sent.skipped += claiming.give_up(row, owner=self._owner)
                del self._unsent[row.pk]
            elif row.tries >= lease.MOST_TRIES:
                self._heard(row, Answer(Kind.PERMANENT, 0, "every sender of it ended without a word"), at)
            elif row.channel != row.contact.channel:
                # Its address is one of the new channel: no server of the old one may see it.
                self._heard(row, Answer(Kind.PERMANENT, 0, "the contact is told by another way now"), at)
            elif (ready := self._rendered(row, at)) is not None:
                found.append(ready)
        return found

    def _rendered(self, row: Delivery, at: datetime) -> Prepared | None:
        try:
            freeze_name(row, at=at)
            return Prepared(row, self._way.prepare(row, at=at))
        except (OperationalError, InterfaceError):
            raise
        except Exception as broken:
            # A row that cannot be rendered must not hold up the others; it is tried again, then fails aloud.
            logger.exception("notice %s could not be rendered", row.pk)
            row.tries += 1
            self._heard(row, Answer(Kind.TEMPORARY, 0, f"rendering: {broken}"[:500]), at)
            return None

    def _send_group(self, group: Group, stop: Stop) -> None:
        """Send what its fence says is ours; a fence that is not fresh any more is asked again."""
        ours = group.fenced.result() if group.fenced else set()
        for row in group.rows:
            row.tries += 1
        self._give_back([row for row in group.rows if row.pk not in ours])
        for number, one in enumerate(group.prepared):
            if self.sent.over or stop():
                return
            # First: waiting for the clerk takes time, in which the fence grows old.
            self._make_room()
            if not lease.is_fresh(group.fenced_at, clock.steady()):
                ours = self._fenced_again(group, group.prepared[number:])
            if one.row.pk in ours:
                self._send(one)

    def _fenced_again(self, group: Group, rest: list[Prepared]) -> set[int]:
        asked = [one for one in rest if one.row.pk in self._unsent]
        group.fenced_at = clock.steady()
        ours = self._clerk.give(lambda: self._fence(asked, again=True)).result()
        self._give_back([one.row for one in asked if one.row.pk not in ours])
        return ours

    def _fence(self, prepared: list[Prepared], *, again: bool) -> set[int]:
        """Ask whose these are. What is not ours any more, or of an older revision, is not sent."""
        if not prepared:
            return set()
        return claiming.fence(prepared, owner=self._owner, at=self._passing(), again=again)

    def _send(self, one: Prepared) -> None:
        row = self._unsent.pop(one.row.pk)
        try:
            answer = self._way.send(row, one.ready, at=self._passing())
        except Exception as broken:
            logger.exception("notice %s: its channel broke", row.pk)
            answer = Answer(Kind.UNCERTAIN, 0, f"{type(broken).__name__}: {broken}"[:500])
        if answer.reached:
            self._heard(row, answer, self._passing())
            return
        logger.warning("no way out: %s", answer.text)
        self.sent.over = True
        self._unsent[row.pk] = row
        self._give_back([row], why=answer.text)

    def _heard(self, row: Delivery, answer: Answer, at: datetime) -> None:
        """Note an answer. Half of what may wait is handed over, and all of it when sending is slow."""
        self._unsent.pop(row.pk, None)
        said = marking.judged(row, answer, at=at, jitter=random.random())  # noqa: S311 - jitter
        self._unmarked.append(said)
        self.sent.accepted += said.state is State.ACCEPTED
        self.sent.offered += said.state is State.OFFERED
        self.sent.failed += said.state is State.FAILED
        self.sent.put_off += said.state is State.PLANNED
        is_idle = self._writing is None or self._writing.done()
        enough = len(self._unmarked) >= max(1, self._most // 2)
        if is_idle and (enough or lease.is_time_to_mark(self._handed_at, clock.steady())):
            self._hand_over()

    def _make_room(self) -> None:
        """Before another mail: no more answers than may be lost with us are unwritten."""
        if self._in_writing + len(self._unmarked) >= self._most:
            self._hand_over()
        if self._in_writing >= self._most:
            self._settle()

    def _hand_over(self) -> None:
        """Have what was heard written down, and the next group fenced, in one transaction: one wait for the disk."""
        self._settle()
        unmarked, ahead = self._unmarked, self._ahead
        self._unmarked, self._ahead = [], None
        if not unmarked and ahead is None:
            return

        def write() -> set[int]:
            if ahead is None:
                marking.mark(unmarked, owner=self._owner)
                return set()
            if not unmarked:
                return self._fence(ahead.prepared, again=False)
            with transaction.atomic():
                marking.mark(unmarked, owner=self._owner)
                return self._fence(ahead.prepared, again=False)

        self._handed_at = clock.steady()
        self._in_writing, self._writing = len(unmarked), self._clerk.give(write)
        if ahead is not None:
            ahead.fenced_at, ahead.fenced = self._handed_at, self._writing

    def _settle(self) -> None:
        """Wait until the clerk has written; raises when it could not."""
        writing, self._writing, self._in_writing = self._writing, None, 0
        if writing is not None:
            writing.result()

    def _give_back(self, rows: Iterable[Delivery], why: str = "") -> None:
        given = list(rows)
        if given:
            self._clerk.give(lambda: claiming.give_back(given, owner=self._owner, why=why)).result()
        for row in given:
            self._unsent.pop(row.pk, None)


def freeze_name(row: Delivery, *, at: datetime) -> None:
    """Message-ID and Date, at the first rendering and never again."""
    if not row.message_id:
        row.message_id = threading.message_id(
            row.window.reference, row.revision, row.milestone, row.contact_id, row.resends, letters.domain()
        )
        row.dated_at = at.replace(microsecond=0)
