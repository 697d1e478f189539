"""Who follows the public maintenance by mail, as client services see it: how many, and which mails failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from notifications.models import Subscriber, SubscriberMail
from notifications.models.subscriber import SubscriberMailState

LATELY = timedelta(days=30)
MOST = 20


@dataclass(frozen=True)
class Followers:
    """How many are told, how many were asked to confirm and have not, and the mails of the past 30 days that
    failed for good, the newest first."""

    told: int
    unconfirmed: int
    failed: list[SubscriberMail]


def followers(*, now: datetime) -> Followers:
    """Two queries."""
    counts = Subscriber.objects.aggregate(
        told=Count("pk", filter=Q(confirmed_at__isnull=False, left_at=None)),
        unconfirmed=Count("pk", filter=Q(confirmed_at=None)),
    )
    failed = SubscriberMail.objects.filter(state=SubscriberMailState.FAILED, made_at__gt=now - LATELY)
    rows = failed.select_related("subscriber", "window__system").order_by("-made_at", "-pk")
    return Followers(counts["told"], counts["unconfirmed"], list(rows[:MOST]))
