"""The plan of a change by phase, with its sums."""

from dataclasses import dataclass

from changes.models import Change, Phase, PlanStep


@dataclass(frozen=True)
class PhaseOfPlan:
    """The steps of one phase, numbered through the whole plan; sums in seconds."""

    phase: str
    label: str
    steps: list[PlanStep]
    planned_seconds: int


def phases(change: Change) -> list[PhaseOfPlan]:
    """Before, during, after; phases without steps are left out. One query; whoever draws them names the owners."""
    steps = list(change.steps.all())
    grouped = {phase: [step for step in steps if step.phase == phase] for phase in Phase}
    return [
        PhaseOfPlan(phase.value, str(phase.label), rows, sum(step.planned_seconds for step in rows))
        for phase, rows in grouped.items()
        if rows
    ]
