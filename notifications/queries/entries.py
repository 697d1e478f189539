"""Notices as the calendar shows them: a line for each milestone of a window and day."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min
from django.db.models.functions import TruncDate
from django.urls import reverse

from changeboard.directory.models import Client
from changeboard.history import kept
from maintenance.contributions import Entry
from notifications import labels
from notifications.domain.lifecycle import State
from notifications.domain.milestones import AHEAD
from notifications.models import Delivery

NOT_SENT = (State.SKIPPED.value, State.SUPERSEDED.value, State.WAIVED.value)


def entries(
    start: datetime,
    end: datetime,
    *,
    zone: str = "",
    client: Client | None = None,
    now: datetime | None = None,
) -> list[Entry]:
    """Notices ahead of windows that go out, or went out, between two instants, counted by the days of `zone`
    (empty: the platform's); with `client` those to it. One query. With `now` what is counted over all clients
    is good until somebody does something: a month of two thousand clients has some ten thousand notices."""
    zone = zone or str(settings.PLATFORM_TIME_ZONE)
    count = partial(_counted, start, end, zone, client)
    if now is None or client is not None:
        return count()
    return kept.counted(("notices", start, end, zone), count, since=kept.newest, now=now)


def _counted(start: datetime, end: datetime, zone: str, client: Client | None) -> list[Entry]:
    rows = Delivery.objects.filter(
        due_at__gte=start, due_at__lt=end, milestone__in=[milestone.value for milestone in AHEAD]
    ).exclude(state__in=NOT_SENT)
    if client:
        rows = rows.filter(client=client)
    grouped = rows.annotate(on=TruncDate("due_at", tzinfo=ZoneInfo(zone))).order_by()
    counted = grouped.values("on", "milestone", "window").annotate(
        first=Min("due_at"),
        contacts=Count("pk"),
        clients=Count("client", distinct=True),
        reference=Min("window__reference"),
        code=Min("window__system__code"),
    )
    return [_entry(row, client) for row in sorted(counted, key=lambda row: row["first"])]


def _entry(row: Mapping[str, Any], client: Client | None) -> Entry:
    number, what = (row["contacts"], "contact") if client else (row["clients"], "client")
    return Entry(
        "notice",
        row["first"],
        row["first"],
        f"{row['code']} {labels.MILESTONES[row['milestone']].lower()}",
        f"{number} {what}{'' if number == 1 else 's'}" if number else "internal",
        reverse("notifications:window", args=[row["reference"]]),
        row["code"],
    )
