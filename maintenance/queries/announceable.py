"""Which windows clients may not be told of yet (PRODUCT.md section 5)."""

from collections.abc import Sequence

from maintenance.domain.lifecycle import State
from maintenance.models import Waiver, Window
from maintenance.queries.claims import claims_by_window
from maintenance.queries.readiness import OVER_BUDGET, sums_of


def kept_back(windows: Sequence[Window]) -> set[int]:
    """Ids of the windows that are not announced and over budget at their likely worst, without a waiver of
    their present revision that goes as far. One question to each contributor, and one query."""
    planned = [window for window in windows if window.state == State.PLANNED]
    wanted = claims_by_window(planned) if planned else {}
    sums = {window.pk: sums_of(window, wanted[window.pk]) for window in planned}
    over = {pk: total.over_by for pk, total in sums.items() if total.is_over}
    if not over:
        return set()
    waivers = Waiver.objects.of_the_present().filter(window__in=over, code=OVER_BUDGET)
    enough = {
        each.window_id for each in waivers if each.weight is None or each.weight >= over[each.window_id]
    }
    return set(over) - enough
