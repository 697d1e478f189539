"""The share of emergency changes, month by month, and where it is heading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Count, DateField, Q
from django.db.models.functions import TruncMonth

from changeboard import clock
from changes.models import Change, Kind

MONTHS = 12
QUARTER = 3


@dataclass(frozen=True)
class Month:
    """What was submitted in one calendar month of the platform's zone; `on` is its first day."""

    on: date
    total: int
    emergencies: int

    @property
    def share(self) -> float:
        """Per cent that were emergencies."""
        return share([self])


@dataclass(frozen=True)
class Trend:
    """The last three months against the three before them. Shares in per cent."""

    now: Sequence[Month]
    before: Sequence[Month]

    @property
    def share(self) -> float:
        return share(self.now)

    @property
    def was(self) -> float:
        return share(self.before)

    @property
    def emergencies(self) -> int:
        return sum(month.emergencies for month in self.now)

    @property
    def total(self) -> int:
        return sum(month.total for month in self.now)

    @property
    def way(self) -> str:
        """ "rising", "falling" or "steady": within one per cent is steady."""
        return "rising" if self.share > self.was + 1 else "falling" if self.share < self.was - 1 else "steady"


def share(months: Iterable[Month]) -> float:
    """Per cent of all that was submitted in these months that were emergencies; 0 where there was nothing."""
    rows = list(months)
    total = sum(month.total for month in rows)
    return 100 * sum(month.emergencies for month in rows) / total if total else 0.0


def trend(months: Sequence[Month]) -> Trend:
    """Of months in their order, six at least, the present one last."""
    return Trend(months[-QUARTER:], months[-2 * QUARTER : -QUARTER])


def months(*, now: datetime) -> list[Month]:
    """The last twelve, the present one last; those in which nothing was submitted as well. One query."""
    name = settings.PLATFORM_TIME_ZONE
    firsts = [month_before(clock.local_date(now, name), back) for back in reversed(range(MONTHS))]
    by_month = TruncMonth("submitted_at", output_field=DateField(), tzinfo=clock.zone(name))
    rows = (
        Change.objects.filter(submitted_at__gte=clock.at_wall(firsts[0], time(), name), submitted_at__lte=now)
        .values(on=by_month)
        .annotate(total=Count("pk"), emergencies=Count("pk", filter=Q(kind=Kind.EMERGENCY)))
        .order_by("on")
    )
    found = {row["on"]: Month(**row) for row in rows}
    return [found.get(first, Month(first, 0, 0)) for first in firsts]


def month_before(day: date, back: int) -> date:
    """The first day of the month that lies `back` months before the one of `day`."""
    number = 12 * day.year + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
