"""The bounds of a template: what a change made from it may differ in, and what not. Pure.

Free are the window, who owns which step, the wording, and lengths up to a tolerance. All else is as the
board saw it (PRODUCT.md section 3: low risk, no downtime).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from changeboard.refusal import Reason
from changes.domain.sheet import Sheet, Step, figures

LOW = "low"
# Of the four words, those under which a service goes on as usual.
CALM = ("no_impact", "reduced_redundancy")
LENGTHS = ("planned_seconds", "at_worst", "undo_seconds")


@dataclass(frozen=True)
class Bounds:
    """Ids of systems and services that may be touched, the plan as approved, and how much longer, in %."""

    systems: frozenset[int]
    services: frozenset[int]
    steps: Sequence[Step]
    tolerance_percent: int


def broken(sheet: Sheet, bounds: Bounds, *, risk_level: str) -> list[Reason]:
    """Every bound that the sheet breaks, each with the field it is about; empty when it keeps within.

    `risk_level` is the sheet's, "" while it has none. Facts named `ids` hold systems or services.
    """
    return [*_touched(sheet, bounds), *_risky(sheet, risk_level), *_plan(sheet.steps, bounds)]


def _touched(sheet: Sheet, bounds: Bounds) -> Iterator[Reason]:
    if others := sorted(sheet.systems - bounds.systems):
        yield Reason("bound.systems", {"ids": others}, "systems")
    if others := sorted(set(sheet.services) - bounds.services):
        yield Reason("bound.services", {"ids": others}, "services")
    felt = [key for key, touch in sheet.services.items() if touch.impact not in CALM or touch.seconds > 0]
    if felt:
        yield Reason("bound.impact", {"ids": sorted(felt)}, "services")
    if sheet.regulated == "yes":
        yield Reason("bound.regulated", {}, "regulated")


def _risky(sheet: Sheet, risk_level: str) -> Iterator[Reason]:
    figure = figures(sheet.answers)
    if figure.planned_down_seconds != 0:
        yield Reason("bound.planned_down", {"seconds": figure.planned_down_seconds}, "q-planned_down")
    if figure.worst_down_seconds != 0:
        yield Reason("bound.worst_down", {"seconds": figure.worst_down_seconds}, "q-worst_down")
    if risk_level != LOW:
        yield Reason("bound.risk_level", {"level": risk_level or "not assessed"}, "")


def _plan(steps: Sequence[Step], bounds: Bounds) -> Iterator[Reason]:
    if len(steps) != len(bounds.steps):
        yield Reason("bound.steps", {"now": len(steps), "approved": len(bounds.steps)}, "steps")
        return
    for number, (step, approved) in enumerate(zip(steps, bounds.steps, strict=True), start=1):
        if _work(step) != _work(approved):
            yield Reason("bound.step", {"step": number}, f"step-{number}-text")
        elif _is_longer(step, approved, bounds.tolerance_percent):
            facts = {"step": number, "percent": bounds.tolerance_percent}
            yield Reason("bound.step_length", facts, f"step-{number}-planned_seconds")


def _work(step: Step) -> tuple[object, ...]:
    return step.text.strip(), step.undo.strip(), step.phase, step.needs_downtime


def _is_longer(step: Step, approved: Step, percent: int) -> bool:
    return any(getattr(step, name) * 100 > getattr(approved, name) * (100 + percent) for name in LENGTHS)
