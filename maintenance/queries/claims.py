"""The downtime that what rides on windows wants."""

from collections.abc import Sequence
from itertools import chain

from maintenance.contributions import Claim, contributors
from maintenance.models import Window


def claims(window: Window) -> list[Claim]:
    """The downtime that everything riding on the window wants."""
    return list(chain.from_iterable(each.claims(window) for each in contributors()))


def claims_by_window(windows: Sequence[Window]) -> dict[int, list[Claim]]:
    """The same for several windows, by their ids: one question to each contributor."""
    found: dict[int, list[Claim]] = {window.pk: [] for window in windows}
    for each in contributors():
        for pk, wanted in each.claims_by_window(windows).items():
            found[pk].extend(wanted)
    return found
