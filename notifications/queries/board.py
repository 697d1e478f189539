"""The notices page: what needs a person, today's figures, and what goes out next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Min, Q

from changeboard import clock
from maintenance.models import Window
from notifications import labels
from notifications.domain.lifecycle import NEEDS_A_PERSON, TOLD, State
from notifications.models import Backlog, Delivery
from notifications.models.ledger import values
from notifications.queries import due
from notifications.queries.coverage import LATE, Coverage, coverage
from notifications.queries.followers import Followers, followers

YEAR = timedelta(days=365)
DAY = timedelta(days=1)
MOST, WENT = 20, 5


@dataclass(frozen=True)
class Figures:
    """Counts of deliveries: of the platform's present day, of what needs a person, of the past year."""

    sent_today: int
    due_today: int
    next_at: datetime | None
    failed: int
    held: int
    owed_in_a_year: int
    on_time_in_a_year: int

    @property
    def on_time_percent(self) -> float | None:
        return 100 * self.on_time_in_a_year / self.owed_in_a_year if self.owed_in_a_year else None


@dataclass(frozen=True)
class Wave:
    """Notices of one milestone of one window that go out at one instant."""

    at: datetime
    milestone: str
    reference: str
    clients: int
    readers: int
    held: int


@dataclass(frozen=True)
class Gone:
    """The same of a wave that was due: how many of its readers were told, and how many were not and should be."""

    at: datetime
    milestone: str
    reference: str
    readers: int
    told: int
    failed: int


@dataclass(frozen=True)
class Board:
    """The whole page. `windows` are those that somebody is or was told of lately, the next first."""

    trouble: list[Delivery]
    calls: list[Delivery]
    figures: Figures
    backlog: Backlog | None
    windows: list[Window]
    coverage: Coverage | None
    gone: list[Gone]
    waves: list[Wave]
    followers: Followers


def board(window: Window | None, *, now: datetime) -> Board:
    """The picture of the page for one window, or the next one. At most eleven queries."""
    windows = list(
        Window.objects.filter(deliveries__isnull=False, ends_at__gt=now - timedelta(days=9))
        .distinct()
        .select_related("system")
        .order_by("starts_at")[:MOST]
    )
    chosen = window or next((each for each in windows if each.ends_at > now), None)
    return Board(
        trouble=list(Delivery.objects.unsettled().for_pages()[:MOST]),
        calls=list(Delivery.objects.to_call(now=now).for_pages()[:MOST]),
        figures=figures(now=now),
        backlog=due.stopped(),
        windows=windows if window is None or window in windows else [window, *windows],
        coverage=coverage(chosen) if chosen else None,
        gone=gone(now=now),
        waves=waves(now=now),
        followers=followers(now=now),
    )


def figures(*, now: datetime) -> Figures:
    """One query over the past year's rows and what is open."""
    zone = str(settings.PLATFORM_TIME_ZONE)
    today = clock.days_before(now, 0, zone, datetime.min.time())
    tomorrow = clock.days_before(now, -1, zone, datetime.min.time())
    told = Q(state__in=values(TOLD), accepted_at__gt=now - YEAR)
    failed = Q(state__in=(State.FAILED.value, State.BOUNCED.value), due_at__gt=now - YEAR)
    planned = Q(state=State.PLANNED.value, try_at__isnull=False)
    trouble = Q(settled_at=None) & (
        Q(state__in=(State.FAILED.value, State.BOUNCED.value))
        | Q(state=State.SKIPPED.value, reason="too_late", folded_into="")
    )
    counted = Delivery.objects.aggregate(
        sent_today=Count("pk", filter=Q(accepted_at__gte=today, accepted_at__lt=tomorrow)),
        due_today=Count("pk", filter=planned & Q(due_at__lt=tomorrow)),
        next_at=Min("try_at", filter=planned & Q(try_at__gt=now)),
        failed=Count("pk", filter=trouble),
        held=Count("pk", filter=Q(state=State.HELD.value)),
        owed_in_a_year=Count("pk", filter=told | failed),
        on_time_in_a_year=Count("pk", filter=told & Q(accepted_at__lte=F("due_at") + LATE)),
    )
    return Figures(**counted)


def gone(*, now: datetime) -> list[Gone]:
    """The last waves that were due within a day, the oldest first. One query."""
    due = Delivery.objects.filter(due_at__gt=now - DAY, due_at__lte=now)
    due = due.exclude(state__in=(State.SUPERSEDED.value, State.SKIPPED.value))
    grouped = due.order_by().values_list("due_at", "milestone", "window__reference")
    counted = grouped.annotate(
        readers=Count("pk"),
        told=Count("pk", filter=Q(state__in=values(TOLD))),
        failed=Count("pk", filter=Q(state__in=values(NEEDS_A_PERSON))),
    )
    newest = counted.order_by("-due_at", "milestone", "window__reference")[:WENT]
    return [Gone(at, labels.MILESTONES[milestone], *counts) for at, milestone, *counts in reversed(newest)]


def waves(*, now: datetime) -> list[Wave]:
    """What goes out next, soonest first; what is held is counted along. One query."""
    ahead = Delivery.objects.filter(
        state__in=(State.PLANNED.value, State.HELD.value), try_at__isnull=False, try_at__gt=now
    )
    grouped = ahead.values("try_at", "milestone", "window__reference").annotate(
        first=Min("try_at"),
        clients=Count("client", distinct=True),
        readers=Count("pk"),
        held=Count("pk", filter=Q(state=State.HELD.value)),
    )
    return [
        Wave(
            row["first"],
            labels.MILESTONES[row["milestone"]],
            row["window__reference"],
            row["clients"],
            row["readers"],
            row["held"],
        )
        for row in grouped.order_by("try_at")[:10]
    ]
