"""The deployment plan on paper: what will be run, or what is being run."""

from dataclasses import dataclass

from changeboard.people.models import Person
from maintenance.contributions import StepToRun
from maintenance.models import RunStep, Window
from maintenance.queries.readiness import steps


@dataclass(frozen=True)
class Line:
    """One step; lengths in seconds."""

    position: int
    phase: str
    text: str
    undo: str
    undo_seconds: int
    planned_seconds: int
    needs_downtime: bool
    owner: Person | None
    source_label: str


def runbook(window: Window) -> list[Line]:
    """The steps copied at Go; before it, those that would be. Two queries beside the contributors'."""
    copied = RunStep.objects.filter(run__window=window).select_related("owner")
    if copied:
        return [_line(step, step.position, step.owner) for step in copied]
    planned = steps(window)
    owners = Person.objects.in_bulk([step.owner_id for step in planned if step.owner_id])
    return [_line(step, place, owners.get(step.owner_id or 0)) for place, step in enumerate(planned, 1)]


def _line(step: StepToRun | RunStep, position: int, owner: Person | None) -> Line:
    return Line(
        position, str(RunStep.Phase(step.phase).label), step.text, step.undo, step.undo_seconds,
        step.planned_seconds, step.needs_downtime, owner, step.source_label,
    )  # fmt: skip
