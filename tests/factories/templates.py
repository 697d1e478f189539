"""Templates in the states that tests need."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from changes.actions import deciding_templates, templates
from changes.domain.sheet import Sheet, Touch
from changes.models import Change, Outcome, Template
from changes.queries.templates import STEP_FIELDS, sheet_from
from maintenance.models import Window
from tests.factories.board import all_approve, in_session
from tests.factories.changes import AT, STEPS, a_harmless_sheet
from tests.factories.directory import ServiceFactory
from tests.factories.people import PersonFactory


def a_calm_sheet(**given: Any) -> Sheet:
    """Complete, of low risk, disturbing no service: what a template may be made of."""
    return a_harmless_sheet(**{"services": {ServiceFactory().pk: Touch("no_impact")}, **given})


def a_template(sheet: Sheet | None = None, **fields: Any) -> Template:
    """Approved by the board, as rows: `sheet` is what its bounds are."""
    sheet = sheet or a_calm_sheet()
    steps = [{name: asdict(step)[name] for name in STEP_FIELDS} for step in STEPS]
    given = {
        "name": "Renew a certificate", "title": "Renew", "why": "It ends", "expires_on": date(2027, 6, 1),
        "state": "approved", "approved_by": PersonFactory(chair=True), "approved_at": AT,
        "answers": dict(sheet.answers), "steps": steps, "requester": PersonFactory(),
    }  # fmt: skip
    template = Template.objects.create(**{**given, **fields})
    template.systems.set(sheet.systems)
    template.services.set(sheet.services)
    return template


def a_proposed(source: Change, **given: Any) -> Template:
    """Put before the next board by the requester of its source."""
    told = {"name": "Renew a certificate", "expires_on": date(2027, 6, 1), "tolerance_percent": 50}
    return templates.propose(source, **{**told, **given}, by=source.requester, at=AT)


def approved_by_the_board(template: Template, members: list[Any]) -> Template:
    item = template.agenda_items.select_related("meeting").get()
    item = in_session(item, by=members[0], at=AT)
    all_approve(item, members, at=AT)
    deciding_templates.decide(item, outcome=Outcome.APPROVE, sentence="Goes.", by=members[0], at=AT)
    return Template.objects.get(pk=template.pk)


def a_standard_sheet(template: Template, *, on: Window | None = None, **given: Any) -> Sheet:
    """What a person files from the template, within its bounds."""
    return replace(sheet_from(template), window=on.pk if on else None, **given)
