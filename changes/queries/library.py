"""The step library as its list shows it, and what a new step of it begins with."""

from django.db.models import Count, Q

from changes.models import LibraryStep, PlanStep
from changes.models.library import LibraryStepQuerySet


def listed(*, out_of_use: bool, words: str) -> LibraryStepQuerySet:
    """The steps in use, or those that are not, that hold every one of `words`. As a plan runs."""
    rows = LibraryStep.objects.out_of_use() if out_of_use else LibraryStep.objects.in_use()
    return rows.matching(words).in_order()


def counts() -> dict[str, int]:
    """How many are in use and how many are not. One query."""
    in_use, out = Count("pk", filter=Q(taken_out_at=None)), Count("taken_out_at")
    return LibraryStep.objects.aggregate(in_use=in_use, out=out)


def copy_of(step: PlanStep) -> dict[str, object]:
    """A step of a change's plan as the form of the library begins with it; its owner stays behind."""
    names = (
        "text", "undo", "phase", "planned_seconds", "worst_seconds", "undo_seconds", "needs_downtime",
    )  # fmt: skip
    return {name: getattr(step, name) for name in names}
