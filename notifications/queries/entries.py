"""Notices as the calendar shows them: a line for each milestone of a window and day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min
from django.db.models.functions import TruncDate
from django.urls import reverse

from changeboard.directory.models import Client
from maintenance.contributions import Entry
from maintenance.models import Window
from notifications import labels
from notifications.domain.lifecycle import State
from notifications.domain.milestones import AHEAD
from notifications.models import Delivery

NOT_SENT = (State.SKIPPED.value, State.SUPERSEDED.value, State.WAIVED.value)


def entries(start: datetime, end: datetime, *, zone: str = "", client: Client | None = None) -> list[Entry]:
    """Notices ahead of windows that go out, or went out, between two instants, counted by the days of `zone`
    (empty: the platform's); with `client` those to it. Two queries."""
    rows = Delivery.objects.filter(
        due_at__gte=start, due_at__lt=end, milestone__in=[milestone.value for milestone in AHEAD]
    ).exclude(state__in=NOT_SENT)
    if client:
        rows = rows.filter(client=client)
    day = TruncDate("due_at", tzinfo=ZoneInfo(zone or str(settings.PLATFORM_TIME_ZONE)))
    grouped = rows.annotate(on=day).values("on", "milestone", "window").order_by()
    counted = grouped.annotate(
        first=Min("due_at"), contacts=Count("pk"), clients=Count("client", distinct=True)
    )
    found = sorted(counted, key=lambda row: row["first"])
    windows = Window.objects.select_related("system").in_bulk({row["window"] for row in found})
    return [_entry(row, windows[row["window"]], client) for row in found]


def _entry(row: Mapping[str, Any], window: Window, client: Client | None) -> Entry:
    number, what = (row["contacts"], "contact") if client else (row["clients"], "client")
    return Entry(
        "notice",
        row["first"],
        row["first"],
        f"{window.system.code} {labels.MILESTONES[row['milestone']].lower()}",
        f"{number} {what}{'' if number == 1 else 's'}" if number else "internal",
        reverse("notifications:window", args=[window.reference]),
        window.system.code,
    )
