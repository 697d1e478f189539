"""Stopping: what was to be told while work goes on, and is not true any more once it is over."""

from django.db.models import Case, Exists, OuterRef, Value, When

from maintenance.models import Window
from notifications.domain.folding import OVER
from notifications.domain.lifecycle import State
from notifications.domain.milestones import WHILE_IT_RUNS, Milestone
from notifications.models import Delivery


def stop(window: Window) -> int:
    """Nothing that waits says any more that it starts, runs or takes longer; answers how much that was.

    Inside the transaction that ends the work: no sender finds these afterwards. What a sender has already claimed
    it asks about once more (claiming.FENCE). One query; a second time it finds nothing.
    """
    waiting = Delivery.objects.filter(
        window=window, milestone__in=[each.value for each in WHILE_IT_RUNS], state=State.PLANNED.value
    )
    same = {name: OuterRef(name) for name in ("window", "revision", "contact", "channel")}
    is_told = Exists(Delivery.objects.filter(**same, milestone=Milestone.DONE.value))
    # Not everybody is told that it is done: the policy says who.
    carrier = Case(When(is_told, then=Value(Milestone.DONE.value)), default=Value(""))
    return waiting.update(state=State.SKIPPED.value, reason=OVER, folded_into=carrier, try_at=None)
