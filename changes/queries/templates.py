"""Sheets that begin with something already written: a template that the board approved."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from changeboard import clock
from changes.domain.sheet import Sheet, Step
from changes.models import Kind, Template

STEP_FIELDS = ("text", "undo", "phase", "planned_seconds", "worst_seconds", "undo_seconds", "needs_downtime")


def usable(*, now: datetime) -> QuerySet[Template]:
    """Approved, not suspended, not expired today."""
    return Template.objects.usable(on=clock.local_date(now, settings.PLATFORM_TIME_ZONE))


def sheet_from(template: Template) -> Sheet:
    """A standard change as the template has it; when and by whom is left to write."""
    return Sheet(
        title=template.title,
        why=template.why,
        kind=Kind.STANDARD.value,
        systems=frozenset(template.systems.values_list("pk", flat=True)),
        answers=template.answers,
        steps=tuple(step_from(row) for row in template.steps),
        template=template.pk,
    )


def step_from(row: Mapping[str, str | int | bool]) -> Step:
    """A step as the template keeps it; what it does not say stays as in an empty one."""
    given = {name: row[name] for name in STEP_FIELDS if name in row}
    return Step(**given)  # type: ignore[arg-type]
