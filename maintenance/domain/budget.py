"""The downtime of a window against its budget, in seconds (PRODUCT.md section 5).

Sums of worst cases refuse plans that overrun once in ninety; sums of plans let through those that
overrun once in four. So what decides is *likely worst*: independent steps, each worst case read as a
95th percentile, add up as squares do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, sqrt


@dataclass(frozen=True)
class Length:
    """One span of downtime: as planned and at worst, in seconds."""

    planned_seconds: int
    worst_seconds: int


@dataclass(frozen=True)
class Sums:
    """What a window's downtime comes to, beside what is allowed; all in seconds."""

    planned: int
    worst: int
    likely_worst: int
    budget: int

    @property
    def left(self) -> int:
        """Seconds that are left by the plan; negative when it is over."""
        return self.budget - self.planned

    @property
    def left_at_likely_worst(self) -> int:
        """Seconds that are left at the likely worst; 0 when it is over."""
        return max(0, self.budget - self.likely_worst)

    @property
    def over_by(self) -> int:
        """By how much the likely worst exceeds the budget; 0 within it."""
        return max(0, self.likely_worst - self.budget)

    @property
    def is_over(self) -> bool:
        return self.over_by > 0


def sums(lengths: Iterable[Length], budget_seconds: int) -> Sums:
    """Planned, worst and likely worst of some spans: Σ planned + √Σ(worst − planned)², rounded up."""
    spans = list(lengths)
    planned = sum(span.planned_seconds for span in spans)
    worst = sum(span.worst_seconds for span in spans)
    squares = sum((span.worst_seconds - span.planned_seconds) ** 2 for span in spans)
    return summed(planned, worst, squares, budget_seconds)


def summed(planned: int, worst: int, squares: float, budget_seconds: int) -> Sums:
    """The same of what a database has added up already; `squares` is Σ(worst − planned)²."""
    return Sums(planned, worst, planned + ceil(round(sqrt(squares), 6)), budget_seconds)
