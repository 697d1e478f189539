"""What rides on a window: its steps for the run, the services it touches, whether all of it is approved."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count

from changes.domain.lifecycle import State
from changes.models import Change, PlanStep, ServiceImpact
from changes.models.change import asked_at_short_notice
from maintenance.contributions import Finding, Riding, StepToRun
from maintenance.models import Window

KIND = "changes.change"
GONE = (State.REJECTED, State.WITHDRAWN)
# A draft or a deferred change only wishes for the window: it holds nobody up.
UNDECIDED = (State.SUBMITTED, State.IN_REVIEW, State.APPROVED)


def riding_on(windows: Sequence[int]) -> dict[int, Riding]:
    """By window: how many changes ask for it or ride on it, and how many asked at short notice. One query."""
    asking = Change.objects.filter(window__in=windows).exclude(state__in=GONE).order_by()
    counted = asking.values("window").annotate(
        every=Count("pk"), short=Count("pk", filter=asked_at_short_notice())
    )
    return {row["window"]: Riding(row["every"], row["short"]) for row in counted}


def findings(window: Window, *, now: datetime) -> list[Finding]:
    """Readiness as far as changes know it: every change that asks for the window is decided and aboard."""
    waiting = Change.objects.filter(window=window, state__in=UNDECIDED).order_by("number")
    undecided = list(waiting.select_related("requester"))
    if not undecided:
        count = Change.objects.riding_on(window).count()
        return [
            Finding("changes.approved", True, "Every change is approved", f"{count} aboard", checked_at=now)
        ]
    return [finding(change, now) for change in undecided]


def finding(change: Change, now: datetime) -> Finding:
    """One change that asks for the window and is not aboard, and who clears it."""
    is_boards = change.state != State.APPROVED
    return Finding(
        code="changes.approved",
        ok=False,
        title=f"{change.reference} is not aboard",
        detail=f"{change.title}: {change.get_state_display().lower()}",
        who="the board" if is_boards else str(change.requester),
        url=change.get_absolute_url(),
        checked_at=now,
    )


def steps(window: Window) -> list[StepToRun]:
    """The steps of all that rides, by phase, then in the order of filing. Two queries."""
    rows = PlanStep.objects.filter(change__in=Change.objects.riding_on(window))
    ordered = rows.select_related("change").order_by("change__number", "position")
    return [step_to_run(step) for step in sorted(ordered, key=lambda step: PHASES.index(step.phase))]


PHASES = ("before", "during", "after")


def step_to_run(step: PlanStep) -> StepToRun:
    return StepToRun(
        phase=step.phase,
        text=step.text,
        undo=step.undo,
        undo_seconds=step.undo_seconds,
        owner_id=step.owner_id,
        planned_seconds=step.planned_seconds,
        needs_downtime=step.needs_downtime,
        source_label=step.change.reference,
        source_kind=KIND,
        source_id=step.change_id,
    )


def queues_to_drain(window: Window) -> list[str]:
    """Each queue that a riding change fills, named with its service and change. One query."""
    rows = ServiceImpact.objects.filter(change__in=Change.objects.riding_on(window)).exclude(queue="")
    ordered = rows.select_related("service", "change").order_by("change__number", "service__position")
    return [f"Drained: {row.queue} ({row.service}, {row.change})" for row in ordered]


def touched_services(window: Window) -> set[int]:
    """Ids of the services that riding changes touch. One query."""
    riding = Change.objects.riding_on(window)
    return set(ServiceImpact.objects.filter(change__in=riding).values_list("service_id", flat=True))
