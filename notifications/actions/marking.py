"""Marking: the other side's answers are written down, a few at a time, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from changeboard.refusal import Refusal
from maintenance.actions import announcing
from maintenance.models import WindowState
from notifications.actions.statement import Statement
from notifications.domain import backoff
from notifications.domain.backoff import Answer, Kind
from notifications.domain.lifecycle import State
from notifications.domain.milestones import AHEAD, Audience
from notifications.models import Delivery

# The same marks a second time (the line broke, did they arrive?) add no line and change nothing. Why `state || ''`:
# see claiming.FENCE. Why OFFSET 0: asked row by row, by an index, never by reading all attempts. The rows of the last
# part went to another process while we were sending, when the lease ran out: both may have told.
MARK = Statement(
    "mark_answers",
    """
WITH said AS (
    SELECT * FROM unnest(%(ids)s::bigint[], %(ats)s::timestamptz[], %(outcomes)s::text[], %(answers)s::text[],
        %(states)s::text[], %(accepted)s::timestamptz[], %(next)s::timestamptz[], %(tries)s::int[])
    AS one (id, at, outcome, answer, state, accepted_at, try_at, tries)
), noted AS (
    INSERT INTO notifications_attempt (delivery_id, at, outcome, answer)
    SELECT id, at, outcome, answer FROM said WHERE NOT EXISTS (
        SELECT 1 FROM notifications_attempt AS known WHERE known.delivery_id = said.id AND known.at = said.at OFFSET 0
    )
), marked AS (
    UPDATE notifications_delivery AS row
    SET state = said.state, server_answer = said.answer, tries = said.tries, try_at = said.try_at,
        accepted_at = COALESCE(said.accepted_at, row.accepted_at), lease_owner = '', lease_until = NULL,
        uncertain = row.uncertain OR said.outcome = 'uncertain',
        settled_at = CASE WHEN said.state = 'failed' THEN NULL ELSE row.settled_at END,
        settled_by_id = CASE WHEN said.state = 'failed' THEN NULL ELSE row.settled_by_id END
    FROM said WHERE row.id = said.id AND row.state || '' = 'sending' AND row.lease_owner = %(owner)s
    RETURNING row.id
)
UPDATE notifications_delivery AS row SET uncertain = true FROM said
WHERE row.id = said.id AND said.id NOT IN (SELECT id FROM marked)
  AND row.accepted_at IS DISTINCT FROM said.accepted_at
RETURNING row.id
""",
    owner="text",
    ids="bigint[]",
    ats="timestamptz[]",
    outcomes="text[]",
    answers="text[]",
    states="text[]",
    accepted="timestamptz[]",
    next="timestamptz[]",
    tries="int[]",
)


@dataclass(frozen=True)
class Said:
    """What the other side said of one row, and when."""

    row: Delivery
    answer: Answer
    at: datetime
    state: State
    try_at: datetime | None


def judged(row: Delivery, answer: Answer, *, at: datetime, jitter: float) -> Said:
    """What follows from an answer: told, to be tried again, or failed. `jitter` is between 0 and 1."""
    if answer.kind in (Kind.ACCEPTED, Kind.OFFERED):
        return Said(row, answer, at, State.ACCEPTED if answer.kind is Kind.ACCEPTED else State.OFFERED, None)
    next_at = backoff.next_try(answer, row.tries, at, row.not_after, jitter)
    return Said(row, answer, at, State.FAILED if next_at is None else State.PLANNED, next_at)


def mark(said: Sequence[Said], *, owner: str) -> None:
    """Write the answers down, durably: lines in the ledger, and the new state of what is still ours.

    One statement; two more when a first client notice announces a window, which happens once a window.
    """
    announcing_now = [one for one in said if _announces(one)]
    if not announcing_now:
        _write(said, owner=owner)
        return
    with transaction.atomic():
        _write(said, owner=owner)
        for one in announcing_now:
            _announce(one)


def _write(said: Sequence[Said], *, owner: str) -> None:
    told = (State.ACCEPTED, State.OFFERED)
    words: dict[str, Any] = {
        "owner": owner,
        "ids": [one.row.pk for one in said],
        "ats": [one.at for one in said],
        "outcomes": [one.answer.kind.value for one in said],
        "answers": [one.answer.text.replace("\0", "")[:500] for one in said],
        "states": [one.state.value for one in said],
        "accepted": [one.at if one.state in told else None for one in said],
        "next": [one.try_at for one in said],
        "tries": [one.row.tries for one in said],
    }
    MARK.rows(words)


def _announces(one: Said) -> bool:
    """Whether this is a client's notice ahead of a window of which, as far as we know, no client knew."""
    tells_clients = one.row.notice.audience == Audience.CLIENTS and one.row.milestone in AHEAD
    return one.state is State.ACCEPTED and tells_clients and one.row.window.state == WindowState.PLANNED


def _announce(one: Said) -> None:
    """The first client notice that a server took announces the window. Rows of the batch share the window."""
    window = one.row.window
    if window.state != WindowState.PLANNED:
        return
    try:
        with transaction.atomic():
            present = announcing.announced(window, at=one.at)
    except Refusal:
        # Cancelled meanwhile, say: what clients hear next is the retraction.
        present = type(window).objects.get(pk=window.pk)
    window.state, window.announced_at = present.state, present.announced_at
