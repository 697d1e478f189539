"""Who may send a row: claim it, ask again just before sending, and give it back.

Plain SQL, since each of these must be one statement: what two processes see between two statements is what
doubles are made of. domain/lease.py says why this is enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from maintenance.models import Window
from notifications.actions.statement import Statement
from notifications.channels.ways import Ready
from notifications.domain.folding import TOO_LATE, carrier
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Milestone
from notifications.models import Delivery, Notice

# Retractions first, then what a silent sender left, then the rest; what another process holds is passed over, and
# what is to be told ahead of a window that a freeze holds. That a date is not true any more is always told. Planned
# anew each time: which index serves hangs on how many are due. An array at the end, no join: how many are taken is
# not known beforehand, and for a tenth of the table the primary key would be walked from its beginning.
CLAIM = """
WITH urgent AS (
    SELECT id FROM notifications_delivery
    WHERE state = 'planned' AND channel = %(channel)s AND urgency = 0 AND try_at <= %(now)s
    ORDER BY try_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
), silent AS (
    SELECT id FROM notifications_delivery
    WHERE state = 'sending' AND channel = %(channel)s AND lease_until < %(now)s
    ORDER BY id LIMIT %(most)s - (SELECT count(*) FROM urgent) FOR UPDATE SKIP LOCKED
), usual AS (
    SELECT id FROM notifications_delivery
    WHERE state = 'planned' AND channel = %(channel)s AND urgency = 1 AND try_at <= %(now)s
      AND NOT EXISTS (
          SELECT FROM maintenance_hold AS hold
          WHERE hold.window_id = notifications_delivery.window_id AND hold.released_at IS NULL
      )
    ORDER BY try_at, id
    LIMIT %(most)s - (SELECT count(*) FROM urgent) - (SELECT count(*) FROM silent) FOR UPDATE SKIP LOCKED
), taken AS (
    SELECT id FROM urgent UNION ALL SELECT id FROM silent UNION ALL SELECT id FROM usual
)
UPDATE notifications_delivery AS row
SET state = 'sending', lease_owner = %(owner)s, lease_until = %(until)s, begun_at = NULL,
    uncertain = row.uncertain OR (row.state = 'sending' AND row.begun_at IS NOT NULL)
WHERE row.id = ANY (ARRAY(SELECT id FROM taken))
RETURNING row.id
"""

# An expression, so that no partial index of rows under lease serves: it holds the remains of a whole wave, the
# primary key does not, and a notice in a wave of 100,000 costs what one in a wave of 1,000 does.
FENCE = Statement(
    "fence",
    """
UPDATE notifications_delivery AS row
SET begun_at = %(at)s, lease_until = %(until)s, tries = row.tries + %(more)s,
    message_id = ready.message_id, dated_at = ready.dated_at, subject = ready.subject, body_hash = ready.digest,
    address = ready.address
FROM unnest(%(ids)s::bigint[], %(names)s::text[], %(dates)s::timestamptz[], %(subjects)s::text[],
            %(digests)s::text[], %(addresses)s::text[]) AS ready (id, message_id, dated_at, subject, digest, address),
     maintenance_window AS present
WHERE row.id = ready.id AND row.state || '' = 'sending' AND row.lease_owner = %(owner)s
  AND row.lease_until > %(at)s AND present.id = row.window_id AND present.revision = row.revision
  AND (present.finished_at IS NULL OR row.milestone NOT IN ('starting', 'under_way', 'extended'))
  AND (row.urgency = 0 OR NOT EXISTS (
      SELECT FROM maintenance_hold AS hold
      WHERE hold.window_id = row.window_id AND hold.released_at IS NULL
  ))
RETURNING row.id
""",
    at="timestamptz",
    until="timestamptz",
    more="int",
    owner="text",
    ids="bigint[]",
    names="text[]",
    dates="timestamptz[]",
    subjects="text[]",
    digests="text[]",
    addresses="text[]",
)

# Only what certainly never left: it is as if it had not been claimed, its name and date included.
GIVE_BACK = """
UPDATE notifications_delivery AS row
SET state = CASE WHEN present.revision = row.revision THEN 'planned' ELSE 'superseded' END,
    reason = CASE WHEN present.revision = row.revision THEN row.reason ELSE 'revision' END,
    try_at = CASE WHEN present.revision = row.revision THEN row.try_at END,
    lease_owner = '', lease_until = NULL, begun_at = NULL,
    tries = before.tries,
    message_id = CASE WHEN row.uncertain OR before.tries > 0 THEN row.message_id ELSE '' END,
    dated_at = CASE WHEN row.uncertain OR before.tries > 0 THEN row.dated_at END,
    server_answer = CASE WHEN %(why)s = '' THEN row.server_answer ELSE %(why)s END
FROM maintenance_window AS present, (
    SELECT id, CASE WHEN begun_at IS NULL THEN tries ELSE tries - 1 END AS tries
    FROM notifications_delivery WHERE id = ANY(%(ids)s)
) AS before
WHERE row.id = before.id AND row.id = ANY(%(ids)s) AND row.state || '' = 'sending' AND row.lease_owner = %(owner)s
  AND present.id = row.window_id
"""


@dataclass(frozen=True)
class Prepared:
    """A row and what its reader would get."""

    row: Delivery
    ready: Ready


def lease() -> timedelta:
    return timedelta(seconds=settings.NOTICE_LEASE_SECONDS)


def claim(channel: str, most: int, *, owner: str, now: datetime) -> list[Delivery]:
    """Take up to `most` due rows of a channel for `owner`. Four queries, one when nothing is due.

    Rows whose sender went silent are due too; they say uncertain when their mail may have left.
    """
    words: dict[str, Any] = {
        "channel": channel,
        "most": most,
        "owner": owner,
        "now": now,
        "until": now + lease(),
    }
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, words)
        taken = [pk for (pk,) in cursor.fetchall()]
    if not taken:
        return []
    rows = list(Delivery.objects.filter(pk__in=taken).select_related("contact__client", "contact__group"))
    _share(rows)
    return sorted(rows, key=lambda row: (row.urgency, not row.uncertain, row.try_at or now, row.pk))


def _share(rows: Sequence[Delivery]) -> None:
    """Rows of one window share it, and their notice: what one of them learns of it, all know. Two queries, not a
    joined object a row."""
    windows = Window.objects.select_related("system").in_bulk({row.window_id for row in rows})
    notices = Notice.objects.in_bulk({row.notice_id for row in rows})
    for row in rows:
        row.window, row.notice = windows[row.window_id], notices[row.notice_id]
        if row.client_id == row.contact.client_id:
            row.client = row.contact.client


def fence(prepared: Sequence[Prepared], *, owner: str, at: datetime, again: bool = False) -> set[int]:
    """Which of these rows are still ours, of the present revision and held by no freeze; their leases begin
    anew. One query.

    Counts a try unless it only asks `again`. Message-ID and Date stand in the row from here on.
    """
    rows = [one.row for one in prepared]
    words = {
        "at": at,
        "until": at + lease(),
        "more": 0 if again else 1,
        "owner": owner,
        "ids": [row.pk for row in rows],
        "names": [row.message_id for row in rows],
        "dates": [row.dated_at for row in rows],
        "subjects": [one.ready.subject[:250] for one in prepared],
        "digests": [one.ready.digest for one in prepared],
        "addresses": [row.goes_to[:254] for row in rows],
    }
    return {pk for (pk,) in FENCE.rows(words)}


def give_back(rows: Iterable[Delivery], *, owner: str, why: str = "") -> None:
    """What was claimed and certainly not sent is due again, or superseded when its window changed. One query."""
    ids = [row.pk for row in rows]
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, {"ids": ids, "owner": owner, "why": why[:500]})


def give_up(row: Delivery, *, owner: str) -> int:
    """It is too late for what was claimed: skipped, and carried by a later notice where one says the same."""
    ours = Delivery.objects.filter(pk=row.pk, state=State.SENDING.value, lease_owner=owner)
    same_reader = Delivery.objects.filter(
        window=row.window_id, revision=row.revision, contact=row.contact_id, channel=row.channel
    ).exclude(state=State.SUPERSEDED.value)
    others = [Milestone(each) for each in same_reader.values_list("milestone", flat=True)]
    return ours.update(
        state=State.SKIPPED.value,
        reason=TOO_LATE,
        folded_into=carrier(Milestone(row.milestone), others) or "",
        try_at=None,
        lease_owner="",
        lease_until=None,
    )
