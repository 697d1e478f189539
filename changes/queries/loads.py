"""What rides on many windows at once, added up by the database: for the calendar and the lists of windows."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, FloatField, OuterRef, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from changes.domain.lifecycle import RODE
from changes.models import Change, PlanStep, ServiceImpact
from changes.queries.claims import COUNTED
from maintenance.contributions import Load


def loads_on(windows: Sequence[int]) -> dict[int, Load]:
    """Window id → the sums of the claims of `claims_on`, which says what counts. One query."""
    counted = Change.objects.filter(window__in=windows, state__in=COUNTED)
    down = PlanStep.objects.filter(needs_downtime=True)
    bare = counted.filter(~Exists(down.filter(change=OuterRef("pk"))), worst_down_seconds__gt=0)
    by_steps = _summed(
        down.filter(change__in=counted), "change__window", F("planned_seconds"), F("worst_seconds")
    )
    by_answers = _summed(bare, "window", Coalesce("planned_down_seconds", 0), F("worst_down_seconds"))
    found: dict[int, Load] = defaultdict(Load)
    for window, planned, worst, squares in by_steps.union(by_answers, all=True):
        known = found[window]
        found[window] = Load(
            known.planned_seconds + planned, known.worst_seconds + worst, known.squares + squares
        )
    return dict(found)


def _summed(rows: QuerySet[Any], window: str, planned: Combinable, worst: Combinable) -> QuerySet[Any, Any]:
    # As floats: the square of a day's seconds is more than an integer column holds.
    spread = Cast(worst, FloatField()) - Cast(planned, FloatField())
    sums = {"planned": Sum(planned), "worst": Sum(worst), "squares": Sum(spread * spread)}
    found: QuerySet[Any, Any] = rows.order_by().values(window).annotate(**sums).values_list(window, *sums)
    return found


def services_on(windows: Sequence[int]) -> dict[int, set[int]]:
    """Window id → ids of the services that what rides on it touches. One query."""
    rows = ServiceImpact.objects.filter(change__window__in=windows, change__state__in=RODE)
    found: dict[int, set[int]] = defaultdict(set)
    for window, service in rows.order_by().values_list("change__window", "service").distinct():
        found[window].add(service)
    return dict(found)
