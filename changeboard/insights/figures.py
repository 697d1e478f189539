"""What the past months say: outcomes, downtime, promises kept, confidence against what came of it.

Each function is one query over a period; nothing here is stored.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Sum

from changes.models import Change
from maintenance.models import Window
from notifications.models import Delivery

AS_PLANNED = "successful"
# A notice counts as on time when the server took it within this long of its due instant.
GRACE = timedelta(minutes=15)
BANDS = (50, 60, 70, 80, 90, 95, 99)
LEVELS = ("low", "moderate", "high", "critical")
MILESTONES = {
    "earliest": "Months before",
    "early": "Weeks before",
    "two_weeks": "Two weeks before",
    "midway": "Over a week before",
    "one_week": "One week before",
    "soon": "Days before",
    "day_before": "Day before",
    "day_of": "Day of",
    "starting": "Starting",
    "under_way": "Under way",
    "extended": "Extended until",
    "done": "Done",
}
ANSWERED = ("accepted", "delivered", "seen", "acknowledged", "bounced")


@dataclass(frozen=True)
class Downtime:
    """One window that had a downtime budget; lengths in seconds. `actual` is None while it lies ahead."""

    window: Window
    budget: int
    planned: int
    worst: int
    actual: int | None

    @property
    def is_over(self) -> bool:
        """Whether it ran, or is planned, over its budget."""
        return (self.planned if self.actual is None else self.actual) > self.budget


@dataclass(frozen=True)
class Outcome:
    """How the finished changes of one kind went; `label` is a risk level or a confidence in per cent."""

    label: str
    total: int
    as_planned: int
    backed_out: int
    trouble: int

    @property
    def share(self) -> float:
        """Per cent that went as planned; 0 where there were none."""
        return 100 * self.as_planned / self.total if self.total else 0.0


@dataclass(frozen=True)
class Kept:
    """How the promise was kept at one milestone."""

    milestone: str
    sent: int
    late: int
    failed: int

    @property
    def missed(self) -> int:
        return self.late + self.failed

    @property
    def words(self) -> str:
        return MILESTONES[self.milestone]


def downtimes(since: datetime, until: datetime) -> list[Downtime]:
    """The windows with a budget that started in the period and stand, oldest first. One query."""
    riding = Q(
        changes__state__in=("scheduled", "in_progress", "verifying", "implemented", "backed_out", "closed")
    )
    windows = (
        Window.objects.filter(starts_at__gte=since, starts_at__lt=until, budget_seconds__gt=0)
        .exclude(state="cancelled")
        .select_related("system")
        .annotate(
            planned=Sum("changes__planned_down_seconds", filter=riding, default=0),
            worst=Sum("changes__worst_down_seconds", filter=riding, default=0),
        )
        .order_by("starts_at")
    )
    return [
        Downtime(
            window,
            window.budget_seconds,
            getattr(window, "planned", 0),
            getattr(window, "worst", 0),
            window.actual_downtime_seconds,
        )
        for window in windows
    ]


def finished(since: datetime, until: datetime) -> list[tuple[str, int, str, bool]]:
    """Close code, confidence, level and short notice of every change closed in the period. One query."""
    rows = Change.objects.filter(state="closed", window__starts_at__gte=since, window__starts_at__lt=until)
    soon = F("window__starts_at") - F("submitted_at")
    return [
        (code, confidence or 0, level, bool(worst) and lead is not None and lead < timedelta(days=183))
        for code, confidence, level, worst, lead in rows.annotate(lead=soon).values_list(
            "close_code", "confidence", "risk_level", "worst_down_seconds", "lead"
        )
    ]


def by_level(rows: Iterable[tuple[str, int, str, bool]]) -> list[Outcome]:
    """Outcome by risk level, all four levels, low first."""
    rows = list(rows)
    return [_outcome(level, [code for code, _, at, _ in rows if at == level]) for level in LEVELS]


def by_confidence(rows: Iterable[tuple[str, int, str, bool]]) -> list[Outcome]:
    """Outcome by the confidence stated beforehand, in bands; only bands that have changes."""
    rows = list(rows)
    bands = {band: [code for code, stated, _, _ in rows if band_of(stated) == band] for band in BANDS}
    return [_outcome(str(band), codes) for band, codes in bands.items() if codes]


def band_of(confidence: int) -> int:
    """The band that a stated confidence falls in: the nearest below it, 50 at least."""
    return max((band for band in BANDS if band <= confidence), default=BANDS[0])


def _outcome(label: str, codes: list[str]) -> Outcome:
    count = Counter(codes)
    trouble = count["successful_with_issues"] + count["unsuccessful"]
    return Outcome(label, len(codes), count[AS_PLANNED], count["backed_out"], trouble)


def kept(since: datetime, until: datetime) -> list[Kept]:
    """How many deliveries of each milestone were taken on time, late, or failed. One query."""
    rows = (
        Delivery.objects.filter(due_at__gte=since, due_at__lt=until, milestone__in=MILESTONES)
        .values("milestone")
        .annotate(
            sent=Count("pk", filter=Q(state__in=ANSWERED)),
            late=Count("pk", filter=Q(state__in=ANSWERED, accepted_at__gt=F("due_at") + GRACE)),
            failed=Count("pk", filter=Q(state="failed")),
        )
    )
    found = {row["milestone"]: row for row in rows}
    return [
        Kept(name, found[name]["sent"], found[name]["late"], found[name]["failed"])
        for name in MILESTONES
        if name in found and found[name]["sent"] + found[name]["failed"]
    ]
