"""What a round of the beat finds before it does anything: one statement that notes the round and looks.

Most rounds find nothing: then this statement is all that they cost. Planning anew is asked for when anything
happened since it was last done (the history is longer), when something is due (what is late is folded before
it is sent), while work goes on (the clock alone says "extended"), when a reader was told of a date while it
was being changed, and every five minutes in any case: so what was written behind the history's back, or by
the clock alone, is never passed over for longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

EVERY = timedelta(minutes=5)
# How far back the history is counted: a transaction that commits later than it began is within it.
COUNTED = timedelta(hours=1)
# How often the chain over the proof says that nothing is left to seal (actions/sealing.py).
EVERY_LOOK_THROUGH = timedelta(hours=1)

LOOK = """
WITH planned AS (
    SELECT at, counted_from, events, newest_event FROM notifications_tick
    WHERE planned_anew ORDER BY at DESC, id DESC LIMIT 1
), seen AS (
    SELECT (SELECT coalesce(max(id), 0) FROM history_event) AS newest_event,
           (SELECT count(*) FROM history_event
            WHERE at >= (SELECT counted_from FROM planned)) AS since_then,
           (SELECT count(*) FROM history_event WHERE at >= %(counted_from)s) AS events
)
INSERT INTO notifications_tick (at, took_ms, planned, superseded, skipped, sent, failed,
                                planned_anew, counted_from, events, newest_event)
SELECT %(now)s, 0, 0, 0, 0, 0, 0, false, %(counted_from)s, seen.events, seen.newest_event FROM seen
RETURNING id,
    coalesce((SELECT planned.newest_event <> seen.newest_event OR planned.events <> seen.since_then
                     OR planned.at <= %(now)s - %(every)s OR planned.at > %(now)s
              FROM planned, seen), true),
    EXISTS (SELECT FROM maintenance_window WHERE state IN ('in_progress', 'verifying')),
    EXISTS (SELECT FROM notifications_delivery told JOIN maintenance_window of ON of.id = told.window_id
            WHERE told.accepted_at > %(now)s - %(every)s AND told.revision < of.revision),
    EXISTS (SELECT FROM notifications_delivery WHERE state = 'planned' AND channel IN %(by_program)s
                     AND urgency IN (0, 1) AND try_at <= %(now)s),
    EXISTS (SELECT FROM notifications_delivery WHERE state = 'sending' AND channel IN %(by_program)s
                     AND lease_until < %(now)s),
    EXISTS (SELECT FROM notifications_delivery WHERE state = 'sending' AND channel IN %(by_program)s),
    EXISTS (SELECT FROM notifications_invitation WHERE (state = 'planned' AND try_at <= %(now)s)
                     OR (state = 'sending' AND lease_until < %(now)s)),
    EXISTS (SELECT FROM notifications_addresscheck WHERE (state = 'planned' AND try_at <= %(now)s)
                     OR (state = 'sending' AND lease_until < %(now)s)),
    coalesce((SELECT max(id) FROM notifications_attempt), 0)
        > coalesce((SELECT max(fact) FROM notifications_seal WHERE kind = 'answer'), 0),
    coalesce((SELECT at <= %(now)s - %(thorough)s FROM notifications_seal
              WHERE kind = 'round' ORDER BY fact DESC LIMIT 1), true),
    (SELECT at FROM notifications_tick ORDER BY at DESC, id DESC LIMIT 1),
    EXISTS (SELECT FROM notifications_silence
            WHERE ended_at IS NULL OR (told_at IS NULL AND settled_at IS NULL))
"""


@dataclass(frozen=True)
class Look:
    """The round's number and what it found. `is_due` counts what a sender that died left behind."""

    tick_id: int
    is_stirred: bool
    is_under_way: bool
    told_meanwhile: bool
    is_due: bool
    # Somebody sends just now, or died over it.
    is_leased: bool
    invites: bool
    asks: bool
    # There is proof that the chain does not hold yet, or it is time to say that there is none.
    seals: bool
    # The round before, none at the first, and whether a silence lasts or waits to be told (actions/watching.py).
    last_at: datetime | None
    is_silence_open: bool

    @property
    def plans(self) -> bool:
        """Whether the ledger has to be brought to the plan first."""
        return self.is_stirred or self.is_under_way or self.told_meanwhile or self.is_due

    @property
    def is_quiet(self) -> bool:
        return not (self.plans or self.is_leased or self.invites or self.asks or self.seals)


def look(*, by_program: tuple[str, ...], now: datetime) -> Look:
    """Note the round and look for work. One statement."""
    words: dict[str, Any] = {
        "now": now,
        "counted_from": now - COUNTED,
        "every": EVERY,
        "by_program": by_program,
        "thorough": EVERY_LOOK_THROUGH,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOK, words)
        (
            tick_id, stirred, under_way, told, due, left_behind, leased, invites, asks, new, hourly, *before,
        ) = cursor.fetchone()  # fmt: skip
    return Look(
        tick_id, stirred, under_way, told, due or left_behind, leased, invites, asks, new or hourly, *before
    )
