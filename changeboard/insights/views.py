"""The insights page and its CSV: what the past months say."""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.insights import charts, emergencies, figures
from changeboard.people.gate import may

PERIODS = {"3": ("3 months", 92), "12": ("12 months", 366), "all": ("All", 3_660)}


@dataclass(frozen=True)
class Picture:
    """All that the page shows; lists are complete, sums are of what they show."""

    downtimes: list[figures.Downtime]
    ahead: list[figures.Downtime]
    outcomes: list[figures.Outcome]
    confidence: list[figures.Outcome]
    kept: list[figures.Kept]
    short_notice: int
    months: list[emergencies.Month]

    @property
    def changes(self) -> int:
        return sum(each.total for each in self.outcomes)

    @property
    def as_planned(self) -> int:
        return sum(each.as_planned for each in self.outcomes)

    @property
    def backed_out(self) -> int:
        return sum(each.backed_out for each in self.outcomes)

    @property
    def trouble(self) -> int:
        return sum(each.trouble for each in self.outcomes)

    @property
    def down_seconds(self) -> int:
        return sum(each.actual or 0 for each in self.downtimes)

    @property
    def budget_seconds(self) -> int:
        return sum(each.budget for each in self.downtimes)

    @property
    def over(self) -> list[figures.Downtime]:
        return [each for each in self.downtimes if each.is_over]

    @property
    def sent(self) -> int:
        return sum(each.sent + each.failed for each in self.kept)

    @property
    def missed(self) -> int:
        return sum(each.missed for each in self.kept)

    @property
    def on_time_share(self) -> float:
        return 100 * (self.sent - self.missed) / self.sent if self.sent else 100.0

    @property
    def emergencies(self) -> emergencies.Trend:
        return emergencies.trend(self.months)

    @property
    def as_planned_share(self) -> float:
        return 100 * self.as_planned / self.changes if self.changes else 0.0


def picture(*, now: datetime, days: int) -> Picture:
    """The figures of the last `days` and of the windows ahead. Five queries."""
    since = now - timedelta(days=days)
    rows = figures.finished(since, now)
    past = [row for row in figures.downtimes(since, now) if row.actual is not None]
    ahead = figures.downtimes(now, now + timedelta(days=settings.PLANNING_HORIZON_DAYS))
    return Picture(
        past[-12:],
        ahead[:6],
        figures.by_level(rows),
        figures.by_confidence(rows),
        figures.kept(since, now),
        sum(soon for *_, soon in rows),
        emergencies.months(now=now),
    )


@may("people.use")
def insights(request: HttpRequest) -> HttpResponse:
    period = request.GET.get("period", "12") if request.GET.get("period") in PERIODS else "12"
    seen = picture(now=clock.now(), days=PERIODS[period][1])
    if request.GET.get("format") == "csv":
        return as_csv(seen)
    drawings = {"bars": charts.bars(seen.downtimes), "lines": charts.scale_lines(seen.downtimes)}
    drawings |= {"limit_y": charts.limit_y(seen.downtimes), "dots": charts.dots(seen.confidence)}
    drawings |= {"columns": charts.columns(seen.months)}
    return render(
        request, "insights/insights.html", {"seen": seen, "period": period, "periods": PERIODS, **drawings}
    )


def as_csv(seen: Picture) -> HttpResponse:
    """One line a window: what was allowed, planned and used, in seconds."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="changeboard-downtime.csv"'
    writer = csv.writer(response)
    writer.writerow(["window", "starts_at_utc", "budget_seconds", "planned_seconds", "actual_seconds"])
    for row in seen.downtimes:
        at = row.window.starts_at.isoformat()
        writer.writerow([row.window.reference, at, row.budget, row.planned, row.actual])
    return response
