"""What changes take up in the windows that they ask for: systems, services, people."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Prefetch

from changes.domain.lifecycle import RODE
from changes.models import Change, Impact, Phase, PlanStep
from changes.queries.aboard import UNDECIDED
from maintenance.domain.conflicts import Rider

# A draft or a deferred change only wishes for its window.
COUNTED = (*UNDECIDED, *RODE)
FELT = (Impact.DEGRADED, Impact.OUTAGE)


def riders_by_window(windows: Sequence[int]) -> dict[int, list[Rider]]:
    """By window, in the order of filing: what was handed in, is approved, or rides. Five queries."""
    during = PlanStep.objects.filter(phase=Phase.DURING).exclude(owner=None).select_related("owner")
    changes = Change.objects.filter(window__in=windows, state__in=COUNTED).order_by("number")
    parts = ("systems", "impacts__service", Prefetch("steps", during, to_attr="steps_during"))
    found: dict[int, list[Rider]] = defaultdict(list)
    for change in changes.prefetch_related(*parts):
        if change.window_id is not None:
            found[change.window_id].append(rider(change))
    return found


def rider(change: Change) -> Rider:
    """A change as the rules of conflicts see it. No query when its parts are fetched."""
    touched = list(change.impacts.all())
    steps: list[PlanStep] = change.steps_during  # type: ignore[attr-defined]
    return Rider(
        id=change.pk,
        label=change.reference,
        services={each.service_id: each.service.name for each in touched},
        people={step.owner_id: str(step.owner) for step in steps if step.owner_id},
        systems=frozenset(system.pk for system in change.systems.all()),
        is_felt=bool(change.worst_down_seconds) or any(each.impact in FELT for each in touched),
    )
