"""Who would have to be told of a change, as the floors above know it."""

from collections.abc import Sequence

from maintenance.contributions import Told, contributors
from maintenance.models import Window


def by_window(windows: Sequence[Window]) -> dict[int, Told]:
    """How many clients and contacts were told of each of several windows: one question to each contributor."""
    answers = [each.told_by_window(windows) for each in contributors()] if windows else []
    return {
        window.pk: Told(
            sum(answer.get(window.pk, Told()).clients for answer in answers),
            sum(answer.get(window.pk, Told()).contacts for answer in answers),
        )
        for window in windows
    }
