"""Templates of standard changes: proposed, put before the board, stopped by a failure, retired."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from changeboard import words
from changeboard.clock import local_date
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, refuse
from changes.actions import agenda
from changes.domain import bounds, template_life
from changes.domain.lifecycle import State
from changes.domain.sheet import Sheet
from changes.domain.template_life import Act
from changes.models import AgendaItem, Change, CloseCode, Template
from changes.queries import sheets
from changes.queries.templates import STEP_FIELDS, bounds_in_words

LONGEST = timedelta(days=2 * 366)


@transaction.atomic
def propose(
    source: Change, *, name: str, expires_on: date, tolerance_percent: int, by: Person, at: datetime
) -> Template:
    """Make a template of what `source` says and put it on the next agenda; `by` is its requester.

    `source` was closed as successful, or is a draft of one's own. Refused with every reason at once:
    whatever is incomplete, of more than low risk, or disturbs anything.
    """
    sheet = sheets.sheet_of(source)
    faults = [*_name_faults(name), *_day_faults(expires_on, at=at), *_source_faults(source, sheet, by=by)]
    if faults:
        raise Refusal(faults)
    template = Template.objects.create(
        name=name.strip(), title=source.title, why=source.why, answers=dict(sheet.answers),
        steps=[{field: asdict(step)[field] for field in STEP_FIELDS} for step in sheet.steps],
        tolerance_percent=tolerance_percent, expires_on=expires_on, requester=by, proposed_at=at,
    )  # fmt: skip
    template.systems.set(sheet.systems)
    template.services.set(sheet.services)
    record("template.proposed", template, by=by, at=at, source=source)
    agenda.place_template(template, by=by, at=at)
    return template


@transaction.atomic
def propose_again(template: Template, *, expires_on: date, by: Person, at: datetime) -> Template:
    """Ask the board anew, unchanged, for a longer approval or after a failure. Nobody uses it until then."""
    template = Template.objects.locked(template.pk)
    template.state = template_life.after(template.state, Act.PROPOSE_AGAIN)
    faults = _day_faults(expires_on, at=at)
    if faults:
        raise Refusal(faults)
    template.expires_on, template.requester, template.proposed_at = expires_on, by, at
    template.approved_by = template.approved_at = None
    template.suspended_at = template.suspended_because = None
    template.save()
    record("template.proposed_again", template, by=by, at=at, expires_on=expires_on)
    agenda.place_template(template, by=by, at=at)
    return template


@transaction.atomic
def suspend(template: Template, *, by: Person | None, at: datetime, because: Change) -> Template:
    """A template suspends itself after its first failure. A second time nothing happens."""
    template = Template.objects.locked(template.pk)
    if template_life.allows(template.state, Act.SUSPEND):
        template.state = template_life.after(template.state, Act.SUSPEND)
        template.suspended_at, template.suspended_because = at, because
        template.save(update_fields=["state", "suspended_at", "suspended_because"])
        record("template.suspended", template, by=by, at=at, because=because)
        agenda.follow_up(at=at)
    return template


@transaction.atomic
def retire(template: Template, *, reason: str, by: Person, at: datetime) -> Template:
    """Take it out of use for good. It leaves the agenda; changes made from it stay as they are."""
    template = Template.objects.locked(template.pk)
    template.state = template_life.after(template.state, Act.RETIRE)
    if not reason.strip():
        raise refuse("template.no_reason", at_field="reason")
    template.save(update_fields=["state"])
    waiting = AgendaItem.objects.filter(template=template, closed_at=None)
    agenda.take_off(waiting.exclude(meeting__state="ended"), at=at)
    record("template.retired", template, by=by, at=at, reason=reason.strip())
    return template


def _name_faults(name: str) -> list[Reason]:
    if not name.strip():
        return [Reason("template.no_name", {}, "name")]
    is_taken = Template.objects.filter(name__iexact=name.strip()).exists()
    return [Reason("template.name_is_taken", {}, "name")] if is_taken else []


def _day_faults(expires_on: date, *, at: datetime) -> list[Reason]:
    today = local_date(at, settings.PLATFORM_TIME_ZONE)
    if expires_on <= today:
        return [Reason("template.expires_too_soon", {}, "expires_on")]
    return [Reason("template.expires_too_late", {}, "expires_on")] if expires_on > today + LONGEST else []


def _source_faults(source: Change, sheet: Sheet, *, by: Person) -> Sequence[Reason]:
    went_well = source.state == State.CLOSED and source.close_code == CloseCode.SUCCESSFUL
    if not went_well and not (source.state == State.DRAFT and source.requester_id == by.pk):
        return [Reason("template.change_has_not_shown_it", {}, "source")]
    own = bounds.Bounds(sheet.systems, frozenset(sheet.services), sheet.steps, 0)
    risky = bounds_in_words(bounds.broken(sheet, own, risk_level=source.risk_level))
    lacking = [
        Reason("template.incomplete", {"what": words.sentence(each)}, "source")
        for each in sheets.missing(sheet)
    ]
    return [*lacking, *(Reason(each.code, each.facts, "source") for each in risky)]
