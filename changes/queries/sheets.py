"""A stored change as the sheet it was filed from, and what a sheet still lacks."""

from collections.abc import Mapping
from dataclasses import replace

from changeboard.refusal import Reason
from changes.domain import completeness
from changes.domain.sheet import Sheet, Step, Touch
from changes.models import Change, Kind, PlanStep, RiskQuestion, ServiceImpact


def sheet_of(change: Change) -> Sheet:
    """What stands in the database, as it would be typed. Four queries."""
    return Sheet(
        title=change.title,
        why=change.why,
        kind=change.kind,
        systems=frozenset(change.systems.values_list("pk", flat=True)),
        services={row.service_id: touch_of(row) for row in change.impacts.all()},
        answers=dict(change.answers.values_list("question__key", "value")),
        steps=tuple(step_of(row) for row in change.steps.all()),
        window=change.window_id,
        client_paragraph=change.client_paragraph,
        template=change.template_id,
        regulated=change.regulated,
        regulated_which=change.regulated_which,
    )


def with_what_was_asked(sheet: Sheet, before: Sheet) -> Sheet:
    """The sheet with the answers from before to questions that are out of use: no form asks them. One query."""
    given = RiskQuestion.objects.filter(active=False, key__in=before.answers).values_list("key", flat=True)
    kept = {key: before.answers[key] for key in given}
    return replace(sheet, answers={**kept, **sheet.answers}) if kept else sheet


def copy_of(change: Change) -> Sheet:
    """The change once more, for another day: without its window, its kind, and how it was tested back then."""
    whole = sheet_of(change)
    answers = {key: value for key, value in whole.answers.items() if key != "testing"}
    return replace(whole, window=None, template=None, kind=Kind.NORMAL.value, answers=answers)


def touch_of(row: ServiceImpact) -> Touch:
    return Touch(row.impact, row.seconds, row.meanwhile, row.queue, row.fallback, row.fallback_words)


def step_of(row: PlanStep) -> Step:
    return Step(
        text=row.text,
        undo=row.undo,
        phase=row.phase,
        owner=row.owner_id,
        planned_seconds=row.planned_seconds,
        worst_seconds=row.worst_seconds,
        undo_seconds=row.undo_seconds,
        needs_downtime=row.needs_downtime,
    )


def required_questions() -> Mapping[str, str]:
    """Key → text of the questions that must be answered. One query."""
    return dict(RiskQuestion.objects.asked().filter(required=True).values_list("key", "text"))


def missing(sheet: Sheet) -> list[Reason]:
    """Everything that the sheet lacks before it may be submitted. One query."""
    return completeness.missing(sheet, required_questions())
