"""What each audience is told ahead of a window with a short-notice change: dates, and where each stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from changes.domain.lifecycle import RODE
from changes.models import Change, Kind
from maintenance.contributions import Telling
from maintenance.models import Window
from notifications import labels
from notifications.domain import milestones
from notifications.domain.ahead import standing
from notifications.domain.folding import TOLD_BEFORE
from notifications.domain.lifecycle import NEEDS_A_PERSON, TOLD, State
from notifications.domain.milestones import AHEAD, Line
from notifications.models import Delivery
from notifications.queries import pictures, policy

WAITING = (State.PLANNED, State.SENDING, State.HELD)


def tellings(window: Window, *, now: datetime) -> list[Telling]:
    """One for each audience and milestone of the policy, in the order of their dates. Four queries.

    Dates are those of the ledger, each contact's by its own zone; where the ledger has no row yet, the
    policy's on the platform's clock.
    """
    return sorted(_tellings(window, now), key=lambda each: (each.first_at, each.audience))


def _lines(window: Window) -> list[Line]:
    """What the policy asks ahead of such a window. It has a short-notice change, or is asked about one."""
    is_emergency = Change.objects.filter(window=window, kind=Kind.EMERGENCY, state__in=RODE).exists()
    picture = replace(pictures.meant(window, None), is_short_notice=True, has_emergency=is_emergency)
    return [line for line in policy.lines() if line.milestone in AHEAD and line.is_about(picture)]


def _tellings(window: Window, now: datetime) -> Iterator[Telling]:
    rows = Delivery.objects.filter(window=window, revision=window.revision, milestone__in=AHEAD).order_by()
    counted = (
        rows.exclude(state=State.SUPERSEDED.value)
        .values("notice__audience", "milestone")
        .annotate(
            first=Min("due_at"),
            last=Max("due_at"),
            told=Count("pk", filter=Q(state__in=TOLD) | Q(reason=TOLD_BEFORE)),
            waiting=Count("pk", filter=Q(state__in=WAITING)),
            failed=Count("pk", filter=Q(state__in=NEEDS_A_PERSON)),
            many=Count("pk"),
        )
    )
    found: dict[tuple[str, str], dict[str, Any]] = {
        (row["notice__audience"], row["milestone"]): dict(row) for row in counted
    }
    lines = {(line.audience, line.milestone): line for line in _lines(window)}
    for (audience, milestone), line in lines.items():
        planned = milestones.due_ahead(line, window.starts_at, settings.PLATFORM_TIME_ZONE)
        row = found.get((audience, milestone), {})
        first, told, waiting = row.get("first", planned), row.get("told", 0), row.get("waiting", 0)
        stands = standing(due_at=first, told=told, waiting=waiting, failed=row.get("failed", 0), now=now)
        words, tone, glyph = labels.STANDINGS[stands]
        many = row.get("many", 0)
        yield Telling(
            audience=labels.AUDIENCES[audience],
            milestone=labels.MILESTONES[milestone],
            first_at=first,
            last_at=row.get("last", planned),
            words=words.format(told=told, many=many),
            tone=tone,
            glyph=glyph,
        )
