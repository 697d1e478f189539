"""Which windows clients may not be told of yet (PRODUCT.md section 5)."""

from collections.abc import Sequence

from maintenance.domain.lifecycle import State
from maintenance.models import Waiver, Window
from maintenance.queries.readiness import OVER_BUDGET, claims_by_window, sums_of


def kept_back(windows: Sequence[Window]) -> set[int]:
    """Ids of the windows that are not announced and over budget at their likely worst, without a waiver of
    their present revision. One question to each contributor, and one query."""
    planned = [window for window in windows if window.state == State.PLANNED]
    wanted = claims_by_window(planned) if planned else {}
    over = {window.pk: window for window in planned if sums_of(window, wanted[window.pk]).is_over}
    if not over:
        return set()
    waivers = Waiver.objects.filter(window__in=over, code=OVER_BUDGET).values_list("window", "revision")
    return set(over) - {pk for pk, revision in waivers if over[pk].revision == revision}
