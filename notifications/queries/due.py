"""What is due, overdue, or too much at once."""

from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from notifications.models import Backlog, Delivery

OVERDUE = timedelta(hours=1)
LOOKED_BACK = timedelta(days=60)
LET_GO_FOR = timedelta(hours=12)


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
