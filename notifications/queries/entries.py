"""Notices as the calendar shows them: a line for each milestone of a window and platform day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min
from django.db.models.functions import TruncDate
from django.urls import reverse

from maintenance.contributions import Entry
from notifications import labels
from notifications.domain.lifecycle import State
from notifications.domain.milestones import AHEAD
from notifications.models import Delivery

NOT_SENT = (State.SKIPPED.value, State.SUPERSEDED.value, State.WAIVED.value)


def entries(start: datetime, end: datetime) -> list[Entry]:
    """Notices ahead of windows that go out, or went out, between two instants. One query."""
    rows = Delivery.objects.filter(
        due_at__gte=start, due_at__lt=end, milestone__in=[milestone.value for milestone in AHEAD]
    ).exclude(state__in=NOT_SENT)
    day = TruncDate("due_at", tzinfo=ZoneInfo(str(settings.PLATFORM_TIME_ZONE)))
    grouped = rows.annotate(on=day).values(
        "on", "milestone", "window__reference", "window__system__code", "window__system_id"
    )
    counted = grouped.annotate(first=Min("due_at"), clients=Count("client", distinct=True))
    return [
        Entry(
            "notice",
            row["first"],
            row["first"],
            f"{row['window__system__code']} {labels.MILESTONES[row['milestone']].lower()}",
            f"{row['clients']} client{'' if row['clients'] == 1 else 's'}" if row["clients"] else "internal",
            reverse("notifications:window", args=[row["window__reference"]]),
            row["window__system_id"],
        )
        for row in counted.order_by("first")
    ]
