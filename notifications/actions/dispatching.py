"""Dispatching: claim what is due, check again, send, and mark after the other side's answer.

None is lost: a row whose sender dies is due again when its lease ends. None is doubled but for the one case
that SMTP leaves open (we die between the server's 250 and our mark): then the row says uncertain and the
repeat has the same Message-ID and Date. domain/lease.py says why.
"""

import logging
import os
import random
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from changeboard import clock
from notifications.actions import backlogs, claiming, marking
from notifications.actions.claiming import Prepared
from notifications.channels.registry import WAYS
from notifications.channels.ways import Way
from notifications.domain import lease, threading
from notifications.domain.backoff import Answer, Kind
from notifications.domain.lifecycle import State
from notifications.models import Delivery
from notifications.queries import due, letters

logger = logging.getLogger(__name__)

BATCH = 100
# A batch that meets a slow server ends after this and gives the rest back: others, or the next, go on.
BATCH_SECONDS = 15.0

Now = Callable[[], datetime]
Ring = Callable[[str, int], None]
Stop = Callable[[], bool]
Done = TypeVar("Done")


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


def never() -> bool:
    return False


def send_due(*, now: datetime, most: int = 5000) -> Sent:
    """Send what is due, at most `most` a channel, channel by channel. Any number of processes may do so at once.

    `now` is the platform's instant at the call; time that passes meanwhile is added, so that a process
    which was frozen past its lease finds out. One query when nothing is due.
    """
    sent = Sent()
    waiting = due.waiting(now=now)
    if waiting and backlogs.stops(now=now):
        sent.stopped = True
        return sent
    for channel in waiting:
        sent += send_channel(channel, now=now, most=most)
    return sent


def send_channel(channel: str, *, now: datetime, most: int, stop: Stop = never) -> Sent:
    """Batch after batch of one channel over one connection until nothing is due, or its way is shut or slow.

    `stop` is asked between mails: what was claimed and not sent is given back.
    """
    total, passing = Sent(), passing_from(now)
    way = WAYS[channel]()
    try:
        while most > 0 and not stop():
            asked = min(BATCH, most)
            batch = Batch.claimed(channel, way, asked, passing)
            if batch.rows:
                total += batch.send(stop)
            if total.over or len(batch.rows) < asked:
                break
            most -= asked
    finally:
        way.close()
    return total


def hand_out(*, now: datetime, ring: Ring, most: int = 20_000) -> Sent:
    """The same by many workers: `ring(channel, batches)` so often that each may take a batch of what is due."""
    waiting = due.waiting(now=now, most=most)
    if waiting and backlogs.stops(now=now):
        return Sent(stopped=True)
    for channel, rows in waiting.items():
        ring(channel, -(-rows // BATCH))
    return Sent()


def send_batch(channel: str, *, now: datetime, stop: Stop = never) -> Sent:
    """One batch of one channel over one connection: what one broker message asks for. `stop` as below."""
    return send_channel(channel, now=now, most=BATCH, stop=stop)


def passing_from(now: datetime) -> Now:
    """The platform's clock from `now` on, by a clock that goes on while we are stopped."""
    began = clock.steady()
    return lambda: now + timedelta(seconds=clock.steady() - began)


class Batch:
    """Rows that one process claimed together. Every row leaves it marked, given back, or in other hands."""

    def __init__(self, rows: list[Delivery], way: Way, owner: str, passing: Now) -> None:
        self.rows = rows
        self.sent = Sent()
        self._way, self._owner, self._passing = way, owner, passing
        self._most = max(1, settings.NOTICES_A_MARK)
        # What has certainly not left the house; a row leaves it just before its channel gets it.
        self._unsent = {row.pk: row for row in rows}
        self._unmarked: list[marking.Said] = []
        self._marked_at = self._fenced_at = self._mark_took = 0.0
        self._ours: set[int] = set()

    @classmethod
    def claimed(cls, channel: str, way: Way, most: int, passing: Now) -> "Batch":
        owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"[-80:]
        return cls(claiming.claim(channel, most, owner=owner, now=passing()), way, owner, passing)

    def send(self, stop: Stop = never) -> Sent:
        """Send all of them, in groups of as many as may stand unmarked, until the time of a batch is over."""
        self._marked_at = began = clock.steady()
        self.sent.rows = len(self.rows)
        try:
            self._way.expect(self.rows)
            for first in range(0, len(self.rows), self._most):
                self.sent.over |= clock.steady() - began > BATCH_SECONDS
                if self.sent.over or stop():
                    break
                self._send_group(self._prepared(self.rows[first : first + self._most]), stop)
        finally:
            # Also when a connection broke, or somebody wants us to end.
            self._mark()
            self._give_back(list(self._unsent.values()))
        return self.sent

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

    def _send_group(self, prepared: list[Prepared], stop: Stop) -> None:
        """Fence these, send them, mark their answers."""
        self._fence(prepared, again=False)
        for number, one in enumerate(prepared):
            if self.sent.over or stop():
                return
            if not lease.is_fresh(self._fenced_at, clock.steady()):
                self._fence(prepared[number:], again=True)
            if one.row.pk in self._ours:
                self._send(one)

    def _fence(self, prepared: list[Prepared], *, again: bool) -> None:
        """Ask whose these are. What is not ours any more, or of an older revision, is not sent."""
        asked = [one for one in prepared if one.row.pk in self._unsent]

        def ask() -> set[int]:
            self._fenced_at = clock.steady()
            if not asked:
                return set()
            return claiming.fence(asked, owner=self._owner, at=self._passing(), again=again)

        self._ours = self._mark_and(ask)
        for one in asked:
            one.row.tries += 0 if again else 1
        self._give_back([one.row for one in asked if one.row.pk not in self._ours])

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
        """Note an answer; it is written down before another group is sent, at once when sending is slow."""
        self._unsent.pop(row.pk, None)
        said = marking.judged(row, answer, at=at, jitter=random.random())  # noqa: S311 - jitter
        self._unmarked.append(said)
        self.sent.accepted += said.state is State.ACCEPTED
        self.sent.offered += said.state is State.OFFERED
        self.sent.failed += said.state is State.FAILED
        self.sent.put_off += said.state is State.PLANNED
        if lease.is_time_to_mark(self._marked_at, clock.steady(), self._mark_took):
            self._mark()

    def _mark(self) -> None:
        self._mark_and(set)

    def _mark_and(self, act: Callable[[], set[int]]) -> set[int]:
        """Write down what was heard, and do this, in one transaction: one wait for the disk."""
        unmarked, self._unmarked = self._unmarked, []
        began = clock.steady()

        def both() -> set[int]:
            with transaction.atomic():
                marking.mark(unmarked, owner=self._owner)
                return act()

        found = self._persist(both if unmarked else act)
        self._marked_at = clock.steady()
        if unmarked:
            self._mark_took = self._marked_at - began
        return found

    def _give_back(self, rows: list[Delivery], why: str = "") -> None:
        if rows:
            self._persist(lambda: claiming.give_back(rows, owner=self._owner, why=why))
        for row in rows:
            self._unsent.pop(row.pk, None)

    def _persist(self, act: Callable[[], Done]) -> Done:
        """Do it, also over a database that restarts: within the lease nobody else takes the rows."""
        until = clock.steady() + lease.body_within(settings.NOTICE_LEASE_SECONDS)
        while True:
            try:
                return act()
            except (OperationalError, InterfaceError):
                if connection.in_atomic_block or clock.steady() > until:
                    raise
                connection.close()
                time.sleep(0.25)


def freeze_name(row: Delivery, *, at: datetime) -> None:
    """Message-ID and Date, at the first rendering and never again."""
    if not row.message_id:
        row.message_id = threading.message_id(
            row.window.reference, row.revision, row.milestone, row.contact_id, row.resends, letters.domain()
        )
        row.dated_at = at.replace(microsecond=0)
