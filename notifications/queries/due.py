"""What is due, overdue, or too much at once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncDate

from notifications.domain.lifecycle import State
from notifications.models import BY_PROGRAM, Backlog, Delivery

OVERDUE = timedelta(hours=1)
LOOKED_BACK = timedelta(days=60)
LET_GO_FOR = timedelta(hours=12)


# One look a channel and urgency, each at the beginning of its own part of the index.
WAITING = """
SELECT way.channel, rows.due + rows.silent FROM unnest(%(channels)s::text[]) AS way (channel),
LATERAL (SELECT
    (SELECT count(*) FROM (
        SELECT 1 FROM generate_series(0, 1) AS wanted (urgency), LATERAL (
            SELECT 1 FROM notifications_delivery AS row
            WHERE row.state = 'planned' AND row.channel = way.channel AND row.urgency = wanted.urgency
              AND row.try_at <= %(now)s LIMIT %(most)s
        ) AS one LIMIT %(most)s) AS planned) AS due,
    (SELECT count(*) FROM notifications_delivery AS row
     WHERE row.state = 'sending' AND row.channel = way.channel AND row.lease_until < %(now)s) AS silent
) AS rows WHERE rows.due + rows.silent > 0
"""


def waiting(*, now: datetime, most: int = 1) -> dict[str, int]:
    """How many rows a program should send now, by channel: due ones, and those whose sender went silent.

    Counts no further than `most` due ones a channel. Empty when nothing waits. One query.
    """
    words: dict[str, Any] = {"now": now, "most": most, "channels": [channel.value for channel in BY_PROGRAM]}
    with connection.cursor() as cursor:
        cursor.execute(WAITING, words)
        return dict(cursor.fetchall())


def is_at_work(channel: str, *, now: datetime) -> bool:
    """Whether a sender is at work on a channel at this moment. One query."""
    return Delivery.objects.filter(state=State.SENDING.value, channel=channel, lease_until__gte=now).exists()


def oldest_overdue(now: datetime) -> datetime | None:
    """Since when the oldest notice that a program should have sent waits; None when none does. One query."""
    due = Delivery.objects.due(now=now).order_by("try_at")
    return due.values_list("try_at", flat=True).first()


def long_overdue(*, now: datetime) -> int:
    """How many should have gone out more than an hour ago. One query."""
    return Delivery.objects.due(now=now).filter(due_at__lt=now - OVERDUE).count()


def sent_by_day(*, now: datetime) -> list[int]:
    """How many went out on each of the last sixty days on which any did. One query."""
    sent = Delivery.objects.filter(accepted_at__gt=now - LOOKED_BACK, accepted_at__lte=now)
    by_day = sent.annotate(on=TruncDate("accepted_at")).values("on").annotate(count=Count("pk"))
    return [day["count"] for day in by_day]


def let_go_lately(*, now: datetime) -> bool:
    return Backlog.objects.filter(released_at__gt=now - LET_GO_FOR).exists()


def stopped() -> Backlog | None:
    """The backlog that waits for a person, if there is one."""
    return Backlog.objects.filter(released_at=None).first()
