"""Dispatching: what is due goes out channel by channel, by one process or by many.

None is lost: a row whose sender dies is due again when its lease ends. None is doubled but for the one case
that SMTP leaves open (we die between the server's 250 and our mark): then the row says uncertain and the
repeat has the same Message-ID and Date. domain/lease.py says why; actions/batch.py does it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from changeboard import clock
from notifications.actions import backlogs
from notifications.actions.batch import Batch, Now, Sent, Stop
from notifications.actions.clerk import Clerk
from notifications.channels.registry import WAYS
from notifications.models.ledger import BY_CALL
from notifications.queries import due

# What is read once for a batch costs as much as twenty mails; a dead sender leaves no more than this behind.
BATCH = 200
MOST = 5000

Ring = Callable[[str, int], None]


def never() -> bool:
    return False


def send_due(*, now: datetime, most: int = MOST) -> Sent:
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
    way, clerk = WAYS[channel](), Clerk()
    try:
        while most > 0 and not stop():
            asked = min(BATCH, most)
            batch = Batch.claimed(channel, way, clerk, asked, passing)
            if batch.rows:
                total += batch.send(stop)
            if total.over or len(batch.rows) < asked:
                break
            most -= asked
    finally:
        way.close()
        clerk.close()
    return total


def hand_out(*, now: datetime, ring: Ring, most: int = 20_000) -> Sent:
    """The same by many workers: `ring(channel, batches)` so often that each may take a batch of what is due."""
    waiting = due.waiting(now=now, most=most)
    if waiting and backlogs.stops(now=now):
        return Sent(stopped=True)
    for channel, rows in waiting.items():
        if channel not in BY_CALL:
            ring(channel, -(-rows // BATCH))
        elif not due.is_at_work(channel, now=now):
            ring(channel, 1)
    return Sent()


def send_batch(channel: str, *, now: datetime, stop: Stop = never) -> Sent:
    """What one broker message asks for: one batch of one channel over one connection, all that is due of a channel
    that has one sender. `stop` as below."""
    return send_channel(channel, now=now, most=MOST if channel in BY_CALL else BATCH, stop=stop)


def passing_from(now: datetime) -> Now:
    """The platform's clock from `now` on, by a clock that goes on while we are stopped."""
    began = clock.steady()
    return lambda: now + timedelta(seconds=clock.steady() - began)
