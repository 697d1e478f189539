"""Downtime that changes want of a window: each step that needs it, or the change's own figures."""

from collections import defaultdict
from collections.abc import Iterable

from changes.domain.lifecycle import RODE, State
from changes.models import Change
from maintenance.contributions import Claim

# What is approved for a window and only waits to be put on it counts as well: the room is promised.
COUNTED = (State.APPROVED, *RODE)
KIND = "changes.change"


def claims_on(windows: Iterable[int]) -> dict[int, list[Claim]]:
    """Window id → what is claimed there. Two queries for any number of windows."""
    found: dict[int, list[Claim]] = defaultdict(list)
    changes = Change.objects.filter(window__in=list(windows), state__in=COUNTED)
    for change in changes.order_by("number").prefetch_related("steps"):
        if change.window_id is not None:
            found[change.window_id] += claims_of(change)
    return found


def claims_of(change: Change) -> list[Claim]:
    """One claim a step that needs downtime; without such steps the answers' figures, if above zero."""
    steps = [
        claim(change, step.planned_seconds, step.worst_seconds, detail=step.text)
        for step in change.steps.all()
        if step.needs_downtime
    ]
    if steps or not change.worst_down_seconds:
        return steps
    return [claim(change, change.planned_down_seconds or 0, change.worst_down_seconds)]


def claim(change: Change, planned: int, worst: int, detail: str = "") -> Claim:
    label = f"{change.reference} {change.title}"
    return Claim(label, planned, worst, KIND, change.pk, url=change.get_absolute_url(), detail=detail)
