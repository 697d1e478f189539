"""What the form says while it is typed: kind, risk and why, which windows fit, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from changeboard import clock, words
from changeboard.directory.queries.affected import affected_clients
from changeboard.refusal import Reason
from changes import labels
from changes.domain import completeness
from changes.domain.identifiers import identifiers
from changes.domain.sheet import Sheet, Sums, figures, is_answered, sums
from changes.domain.sheet import words as said
from changes.domain.short_notice import is_short_notice
from changes.models import Kind
from changes.queries import answered, fit, matrix, sheets, templates
from changes.queries.assessment import score
from changes.queries.beside import Beside, beside
from maintenance.models import Window

SHOWN_WINDOWS = 6
TWO_WEEKS = 14


@dataclass(frozen=True)
class Missing:
    """One thing that is missing or wrong, and the id of the field to go to."""

    text: str
    anchor: str


@dataclass(frozen=True)
class WindowChoice:
    window: Window
    fit: fit.Fit
    is_short_notice: bool


@dataclass(frozen=True)
class SoFar:
    kind: str
    is_short_notice: bool
    risk_level: str
    risk_score: int | None
    risk_sentence: str
    reasons: list[matrix.ReasonLine]
    lower: list[matrix.ReasonLine]
    window: Window | None
    fit: fit.Fit | None
    beside: Beside | None
    choices: list[WindowChoice]
    clients: int
    missing: list[Missing]
    identifiers: list[str]
    sections: Mapping[str, int]
    sums: Sums
    answered: int
    asked: int
    template: templates.Fit | None = None

    @property
    def told_at(self) -> datetime | None:
        """When clients hear of it first: two weeks before, here in the platform's zone."""
        if self.window is None:
            return None
        return clock.days_before(self.window.starts_at, TWO_WEEKS, settings.PLATFORM_TIME_ZONE)

    @property
    def fitting(self) -> int:
        return sum(choice.fit.fits for choice in self.choices)


def so_far(sheet: Sheet, *, now: datetime, change: int | None = None) -> SoFar:
    """All of it, in a fixed number of queries. `change` is the id of the change that is being edited."""
    scored = score(sheet)
    assessment = scored.assessment if scored else None
    choices = window_choices(sheet, now=now, change=change)
    chosen = next((choice for choice in choices if choice.window.pk == sheet.window), None)
    questions, wordings = sheets.required_questions(), answered.questions()
    lacking = completeness.missing(sheet, questions)
    return SoFar(
        kind=Kind(sheet.kind).label,
        is_short_notice=chosen is not None and chosen.is_short_notice,
        risk_level=assessment.level.value if assessment else "",
        risk_score=assessment.score if assessment else None,
        risk_sentence=matrix.in_a_sentence(assessment) if assessment else "",
        reasons=matrix.reasons(assessment, wordings) if assessment else [],
        lower=matrix.lower(scored.lowerings, wordings) if scored else [],
        window=chosen.window if chosen else None,
        fit=chosen.fit if chosen else None,
        beside=beside(sheet, chosen.window, change=change) if chosen else None,
        choices=choices,
        clients=scored.clients if scored else affected_clients(sheet.systems, list(sheet.services)).count(),
        missing=[Missing(words.sentence(reason), anchor(reason)) for reason in lacking],
        identifiers=[labels.IDENTIFIERS[kind] for kind in identifiers(everything_typed(sheet))],
        sections=sections(lacking),
        sums=sums(sheet.steps),
        answered=sum(is_answered(sheet.answers.get(key)) for key in questions),
        asked=len(questions),
        template=templates.fit(sheet, risk_level=assessment.level.value if assessment else "", now=now),
    )


def window_choices(sheet: Sheet, *, now: datetime, change: int | None = None) -> list[WindowChoice]:
    """The next windows of the chosen systems (of all, while none is chosen) and the one asked for."""
    to_come = Window.objects.filter(state__in=("planned", "announced"), starts_at__gt=now)
    if sheet.systems:
        to_come = to_come.filter(system__in=sheet.systems)
    soonest = to_come.order_by("starts_at").values_list("pk", flat=True)[:SHOWN_WINDOWS]
    shown = Q(pk__in=list(soonest)) | Q(pk=sheet.window)
    windows = list(Window.objects.filter(shown).select_related("system").order_by("starts_at"))
    fits = fit.fits(windows, figures(sheet.answers), besides=change)
    return [WindowChoice(window, fits[window.pk], short(sheet, window, now)) for window in windows]


def short(sheet: Sheet, window: Window, now: datetime) -> bool:
    figure = figures(sheet.answers)
    return is_short_notice(
        figure.planned_down_seconds or 0,
        figure.worst_down_seconds or 0,
        window.starts_at,
        now,
        settings.PLANNING_HORIZON_DAYS,
    )


def sections(lacking: list[Reason]) -> dict[str, int]:
    """How much is missing in each part of the form."""
    counted = {"what": 0, "touches": 0, "questions": 0, "plan": 0}
    for reason in lacking:
        counted[section_of(reason.field)] += 1
    return counted


def section_of(field: str) -> str:
    if field.startswith("q-"):
        return "questions"
    if field.startswith("step"):
        return "plan"
    return "touches" if field.startswith(("systems", "service-", "regulated")) else "what"


def anchor(reason: Reason) -> str:
    return "plan" if reason.field == "steps" else f"f-{reason.field}"


def everything_typed(sheet: Sheet) -> str:
    answers = [said(value) for value in sheet.answers.values()]
    steps = [f"{step.text}\n{step.undo}" for step in sheet.steps]
    touches = sheet.services.values()
    lines = [f"{touch.meanwhile}\n{touch.queue}\n{touch.fallback_words}" for touch in touches]
    said_once = [sheet.title, sheet.why, sheet.client_paragraph, sheet.regulated_which]
    return "\n".join([*said_once, *lines, *answers, *steps])
