"""Whether a change still fits into a window's downtime budget beside what rides there already."""

from collections.abc import Sequence
from dataclasses import dataclass

from changes.domain.sheet import Figures
from changes.queries.claims import claims_on
from maintenance.domain import budget
from maintenance.domain.budget import Length
from maintenance.models import Window


@dataclass(frozen=True)
class Fit:
    """Seconds planned by the others and by this change, and the window's sums with it."""

    others_planned: int
    own_planned: int
    sums: budget.Sums

    @property
    def fits(self) -> bool:
        """It is the likely worst that must fit (PRODUCT.md section 5)."""
        return not self.sums.is_over


def fits(windows: Sequence[Window], figures: Figures, *, besides: int | None = None) -> dict[int, Fit]:
    """Window id → fit of a change with these figures; `besides` is its own id, not to be counted twice.

    Two queries.
    """
    claims = claims_on(window.pk for window in windows)
    own = Length(figures.planned_down_seconds or 0, figures.worst_down_seconds or 0)
    found = {}
    for window in windows:
        others = [
            Length(claim.planned_seconds, claim.worst_seconds)
            for claim in claims.get(window.pk, [])
            if claim.source_id != besides
        ]
        sums = budget.sums([*others, own], window.open_budget_seconds)
        found[window.pk] = Fit(sums.planned - own.planned_seconds, own.planned_seconds, sums)
    return found
