"""Templates: which are valid, the sheet that one begins, its bounds, and which of them a sheet breaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db.models import Q, QuerySet

from changeboard import clock, words
from changeboard.directory.models import Service, System
from changeboard.history.models import Event
from changeboard.people.models import Person
from changeboard.refusal import Reason
from changes.domain import template_life
from changes.domain.bounds import CALM, Bounds, broken
from changes.domain.sheet import Sheet, Step, Touch
from changes.models import Change, CloseCode, Kind, RiskLevel, Template

STEP_FIELDS = ("text", "undo", "phase", "planned_seconds", "worst_seconds", "undo_seconds", "needs_downtime")


def usable(*, now: datetime) -> QuerySet[Template]:
    """Approved, not suspended, not expired today."""
    return Template.objects.usable(on=clock.local_date(now, settings.PLATFORM_TIME_ZONE))


def sheet_from(template: Template) -> Sheet:
    """A standard change as the template has it; when and by whom is left to write."""
    services = template.services.values_list("pk", flat=True)
    return Sheet(
        title=template.title,
        why=template.why,
        kind=Kind.STANDARD.value,
        systems=frozenset(template.systems.values_list("pk", flat=True)),
        services={service: Touch(CALM[0]) for service in services},
        answers=template.answers,
        steps=steps_of(template),
        template=template.pk,
    )


def steps_of(template: Template) -> tuple[Step, ...]:
    return tuple(step_from(row) for row in template.steps)


def step_from(row: Mapping[str, str | int | bool]) -> Step:
    """A step as the template keeps it; what it does not say stays as in an empty one."""
    given = {name: row[name] for name in STEP_FIELDS if name in row}
    return Step(**given)  # type: ignore[arg-type]


def against(template: Template, sheet: Sheet, *, risk_level: str, now: datetime) -> list[Reason]:
    """Why this template does not approve this sheet: not valid, or out of which bounds; empty when it does.

    At most four queries.
    """
    today = clock.local_date(now, settings.PLATFORM_TIME_ZONE)
    bounds = Bounds(
        frozenset(template.systems.values_list("pk", flat=True)),
        frozenset(template.services.values_list("pk", flat=True)),
        steps_of(template),
        template.tolerance_percent,
    )
    return [
        *template_life.unusable(template.state, template.expires_on, on=today),
        *bounds_in_words(broken(sheet, bounds, risk_level=risk_level)),
    ]


@dataclass(frozen=True)
class Fit:
    """How a standard change stands to its template: what it breaks, in words; empty when it is approved at once."""

    template: Template
    broken: list[str]


def fit(sheet: Sheet, *, risk_level: str, now: datetime) -> Fit | None:
    """None for what is no standard change, or names no template. At most five queries."""
    if sheet.kind != Kind.STANDARD or sheet.template is None:
        return None
    template = Template.objects.get(pk=sheet.template)
    reasons = against(template, sheet, risk_level=risk_level, now=now)
    return Fit(template, [words.sentence(reason) for reason in reasons])


def bounds_in_words(reasons: Iterable[Reason]) -> list[Reason]:
    """The same reasons with the names of the systems and services instead of their ids."""
    return [_with_names(reason) if "ids" in reason.facts else reason for reason in reasons]


def _with_names(reason: Reason) -> Reason:
    ids = cast("list[int]", reason.facts["ids"])
    if reason.code == "bound.systems":
        return replace(reason, facts={"what": [str(row) for row in System.objects.filter(pk__in=ids)]})
    return replace(reason, facts={"what": [str(row) for row in Service.objects.filter(pk__in=ids)]})


def sources(person: Person) -> QuerySet[Change]:
    """Changes that a template can be made of: low risk, no downtime; closed as successful, or own drafts."""
    calm = Change.objects.filter(risk_level=RiskLevel.LOW, planned_down_seconds=0, worst_down_seconds=0)
    went_well = Q(state="closed", close_code=CloseCode.SUCCESSFUL)
    return calm.filter(went_well | Q(state="draft", requester=person)).order_by("-number")


def departure(change: Change) -> str:
    """Which bounds the change broke when its template stopped speaking for it; "" for any other. One query."""
    if change.template_id is None or change.kind == Kind.STANDARD:
        return ""
    left = Event.objects.about(change).filter(act="change.left_template").first()
    return str(left.facts["bounds"] or "It was edited after its approval.") if left else ""
