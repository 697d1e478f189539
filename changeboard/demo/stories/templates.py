"""Templates: one in force and used this week, one that a failure suspended, one before the next board."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from django.db import transaction

from changeboard.demo.stories.changes import number_from
from changeboard.demo.stories.people import person
from changeboard.demo.stories.steps import Line, step_of
from changeboard.directory.models import Service, System
from changeboard.history.record import record
from changeboard.people.models import Person
from changes.actions import agenda, filing
from changes.models import Change, CloseCode, Decision, Outcome, Template
from changes.queries.templates import STEP_FIELDS, sheet_from
from maintenance.models import Window

STEPS: tuple[Line, ...] = (
    ("before", "Save the certificate in place now", "Nothing to undo", 120, 120, 0, False),
    ("before", "Load the new one on the spare node", "Load the saved one", 300, 600, 120, False),
    ("during", "Switch each node to the new one", "Switch back to the saved one", 120, 240, 60, False),
    ("after", "Read the date of the certificate from outside", "Nothing to undo", 60, 120, 0, False),
)
ANSWERS = {
    "planned_down": 0,
    "worst_down": {"text": "Nothing that people would notice", "seconds": 0},
    "confidence": 99,
    "testing": "On the spare node, which answers nobody.",
    "telephones": "no",
    "vpn": "no",
    "images": "no",
    "undo": {"text": "Switch back to the saved certificate", "seconds": 60},
    "clients": "None",
}
IN_USE = "Replace an expiring certificate"
PROPOSED = "Add a payer to the claims export"


@transaction.atomic
def tell(*, now: datetime) -> int:
    """The board approved two of them five months ago."""
    if Template.objects.exists():
        return 0
    at = now - timedelta(days=150)
    in_use = _approved(IN_USE, by=person("engineer2"), at=at, now=now)
    Change.objects.filter(
        title__startswith=IN_USE,
        submitted_at__gte=at,
        planned_down_seconds=0,
        close_code=CloseCode.SUCCESSFUL,
    ).update(kind="standard", template=in_use)
    _suspended(at, now=now)
    proposed = _template(PROPOSED, by=person("engineer"), at=now - timedelta(hours=19), now=now)
    agenda.place_template(proposed, by=proposed.requester, at=now - timedelta(hours=19))
    _use(in_use, at=now - timedelta(hours=5))
    return Template.objects.count() + 1


def _template(name: str, *, by: Person, at: datetime, now: datetime) -> Template:
    template = Template.objects.create(
        name=name, title=name, answers=ANSWERS, requester=by, proposed_at=at, tolerance_percent=50,
        why="Done many times in the same way. Nobody has ever noticed it.",
        steps=[{field: asdict(step_of(line))[field] for field in STEP_FIELDS} for line in STEPS],
        expires_on=(now + timedelta(days=200)).date(),
    )  # fmt: skip
    template.systems.set(System.objects.filter(code="PACS"))
    template.services.set(Service.objects.filter(name="Image ingestion"))
    record("template.proposed", template, by=by, at=at, source="a change that went well")
    return template


def _approved(name: str, *, by: Person, at: datetime, now: datetime) -> Template:
    """Past meetings are not told one by one: what they decided is."""
    template, chair, decided_at = (
        _template(name, by=by, at=at, now=now),
        person("chair"),
        at + timedelta(days=6),
    )
    Template.objects.filter(pk=template.pk).update(
        state="approved", approved_by=chair, approved_at=decided_at
    )
    said = "Goes. Look at it again in a year."
    Decision.objects.create(
        template=template, outcome=Outcome.APPROVE, sentence=said, by=chair, at=decided_at
    )
    record("template.approved", template, by=chair, at=decided_at, sentence=said)
    return Template.objects.get(pk=template.pk)


def _suspended(at: datetime, *, now: datetime) -> None:
    """The last change that was backed out was made from it."""
    failed = Change.objects.filter(close_code=CloseCode.BACKED_OUT, closed_at__lt=now).latest("closed_at")
    name = failed.title.partition(",")[0]
    template = _approved(name, by=person("engineer"), at=min(at, failed.created_at), now=now)
    Change.objects.filter(pk=failed.pk).update(kind="standard", template=template)
    Template.objects.filter(pk=template.pk).update(
        state="suspended", suspended_at=failed.closed_at, suspended_because=failed
    )
    record("template.suspended", template, by=person("release"), at=failed.closed_at or now, because=failed)


def _use(template: Template, *, at: datetime) -> None:
    """Within its bounds: from the form to its window in one act."""
    on = Window.objects.filter(system__code="PACS", starts_at__gt=at + timedelta(days=8), state="planned")
    by, sheet = person("engineer2"), sheet_from(template)
    number_from(152)
    filing.file_and_submit(
        replace(
            sheet, title="Replace the certificate of the image gateway", window=on.earliest("starts_at").pk,
            why="It ends on the last day of the month.", steps=[replace(step, owner=by.pk) for step in sheet.steps],
        ),
        by=by, at=at,
    )  # fmt: skip
