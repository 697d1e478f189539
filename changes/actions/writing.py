"""How a sheet becomes rows. Called by the verbs of filing only, inside their transaction and lock."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import connection

from changeboard.directory.models import Service, System
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal
from changes import labels
from changes.actions import searching
from changes.domain.completeness import wrong
from changes.domain.paragraph import basis
from changes.domain.sheet import WORDED, Sheet, Touch, figures, is_answered, words
from changes.models import Change, Impact, PlanStep, RiskAnswer, RiskQuestion, ServiceImpact
from changes.queries.assessment import score
from maintenance.models import Window

OPEN_WINDOW = ("planned", "announced")


def one_form_at_a_time(token: UUID) -> None:
    """Two submits of one form wait for each other until the first has committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [token.int % 2**63])


def check(sheet: Sheet, *, at: datetime, was: int | None = None) -> None:
    """Refuse what cannot be true even of a draft; `was` is the window that the change has already."""
    reasons = wrong(sheet)
    if sheet.window is not None and sheet.window != was and not is_open(sheet.window, at=at):
        reasons.append(Reason("change.window_is_not_open", {}, "window"))
    if reasons:
        raise Refusal(reasons)


def is_open(window: int, *, at: datetime) -> bool:
    """Whether a change may still ask for this window: neither over, nor cancelled, nor begun."""
    return Window.objects.filter(pk=window, state__in=OPEN_WINDOW, starts_at__gt=at).exists()


def write(change: Change, sheet: Sheet) -> None:
    """Replace all that the form holds; assess; raise the version."""
    figure = figures(sheet.answers)
    for name, value in asdict(figure).items():
        setattr(change, name, value)
    if change.client_paragraph != sheet.client_paragraph:
        # What marketing signed was the old wording.
        change.paragraph_signed_by, change.paragraph_signed_at = None, None
        change.paragraph_basis = basis(sheet.services) if sheet.client_paragraph else ""
    change.title, change.why, change.kind = sheet.title.strip(), sheet.why.strip(), sheet.kind
    change.client_paragraph = sheet.client_paragraph
    change.regulated, change.regulated_which = sheet.regulated, sheet.regulated_which.strip()
    change.test_statement = words(sheet.answers.get("testing"))
    change.window_id, change.template_id = sheet.window, sheet.template
    change.version += 1
    assess(change, sheet)
    change.save()
    change.systems.set(sheet.systems)
    _write_parts(change, sheet)
    searching.index(change)


def assess(change: Change, sheet: Sheet) -> None:
    """Note likelihood, impact, score, level and the rule set; empty while a figure is missing."""
    scored = score(sheet)
    assessment = scored.assessment if scored else None
    change.likelihood = assessment.likelihood if assessment else None
    change.impact = assessment.impact if assessment else None
    change.risk_score = assessment.score if assessment else None
    change.risk_level = assessment.level.value if assessment else ""
    change.rule_set = scored.rule_set if scored else None


def _write_parts(change: Change, sheet: Sheet) -> None:
    change.impacts.all().delete()
    ServiceImpact.objects.bulk_create(
        ServiceImpact(change=change, service_id=service, **asdict(touch))
        for service, touch in sheet.services.items()
    )
    change.answers.all().delete()
    questions = RiskQuestion.objects.in_bulk(list(sheet.answers), field_name="key")
    RiskAnswer.objects.bulk_create(
        RiskAnswer(change=change, question=question, value=sheet.answers[key])
        for key, question in questions.items()
        if is_answered(sheet.answers[key])
    )
    change.steps.all().delete()
    PlanStep.objects.bulk_create(
        PlanStep(
            change=change,
            position=position,
            phase=step.phase,
            text=step.text.strip(),
            undo=step.undo.strip(),
            undo_seconds=step.undo_seconds,
            owner_id=step.owner,
            planned_seconds=step.planned_seconds,
            worst_seconds=step.at_worst,
            needs_downtime=step.needs_downtime,
        )
        for position, step in enumerate(sheet.steps, start=1)
    )


def named(edited: Mapping[str, tuple[object, object]]) -> dict[str, list[object]]:
    """From and to with the names that the rows had at the time: history must read without them."""
    return {field: [_named(field, value) for value in pair] for field, pair in edited.items()}


def _named(field: str, value: object) -> object:
    if value is None:
        return None
    if field == "window" and isinstance(value, int):
        return str(Window.objects.get(pk=value))
    if field == "systems" and isinstance(value, frozenset):
        return [system.code for system in System.objects.filter(pk__in=value)]
    if field == "services" and isinstance(value, Mapping):
        rows = Service.objects.filter(pk__in=value)
        return [f"{row.name}: {_touched(value[row.pk])}" for row in rows]
    if field in WORDED and isinstance(value, Mapping):
        return [f"{row.name}: {value[row.pk]}" for row in Service.objects.filter(pk__in=value)]
    if field == "owners" and isinstance(value, list):
        names = Person.objects.in_bulk([owner for owner in value if owner])
        return [str(names[owner]) if owner else "" for owner in value]
    return value


def _touched(touch: Touch) -> str:
    parts = [Impact(touch.impact).label.lower(), f"{touch.seconds} s at worst"]
    parts += ["a queue must drain"] if touch.queue else []
    parts += [labels.FALLBACK[touch.fallback]] if touch.fallback else []
    return ", ".join(parts)
