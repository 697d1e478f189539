"""Readiness before Go, as far as notices go: each required one told to each affected client, or waived."""

from datetime import datetime

from django.urls import reverse

from maintenance.contributions import Finding
from maintenance.models import Window
from notifications import labels
from notifications.domain.milestones import Milestone
from notifications.queries import coverage
from notifications.queries.coverage import Row

NAMED = 3


def findings(window: Window, *, now: datetime) -> list[Finding]:
    """One line a milestone ahead of the start, red while a client was told nothing. One query."""
    page = reverse("notifications:window", args=[window.reference])
    return [_finding(milestone, rows, page, now) for milestone, rows in coverage.untold(window).items()]


def _finding(milestone: Milestone, rows: list[Row], page: str, now: datetime) -> Finding:
    name = labels.MILESTONES[milestone].lower()
    return Finding(
        code=f"notices.{milestone.value}",
        ok=not rows,
        title=f"Clients told: {name}",
        detail=_who(rows) if rows else "Every affected client was told, or waived with a reason",
        who="Client services" if rows else "",
        url=page,
        checked_at=now,
    )


def _who(rows: list[Row]) -> str:
    names = ", ".join(row.name for row in rows[:NAMED])
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return f"Not told yet: {names}{more}"
