"""Standard changes: approved beforehand by the board's approval of their template (PRODUCT.md section 3)."""

from collections.abc import Iterable
from datetime import datetime

from changeboard import words
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, refuse
from changes.actions import riding
from changes.domain import lifecycle
from changes.domain.lifecycle import Act
from changes.domain.sheet import Sheet
from changes.models import Change, Kind, Template
from changes.queries import templates


def preapprove(change: Change, sheet: Sheet, *, by: Person, at: datetime) -> bool:
    """Approve a standard change by its template and put it on its window; called by `filing.submit`.

    Within the bounds of a valid template it is approved, and the answer is True. Otherwise it becomes a
    normal change, its history says which bound it broke, and the answer is False: the board is asked.
    Refused for a standard change that names no template.
    """
    if change.template_id is None:
        raise refuse("template.none", at_field="template")
    # Held, so that a failure elsewhere that suspends it and this approval come one after the other.
    template = Template.objects.locked(change.template_id)
    reasons = templates.against(template, sheet, risk_level=change.risk_level, now=at)
    if reasons:
        leave(change, template, reasons, by=by, at=at)
        return False
    change.state = lifecycle.after(change.state, Act.PREAPPROVE)
    change.decided_at = at
    change.save()
    record("change.preapproved", change, by=by, at=at, template=template)
    riding.confirm(change, by=by, at=at)
    return True


def leave(change: Change, template: Template, reasons: Iterable[Reason], *, by: Person, at: datetime) -> None:
    """The template does not speak for this change any more: it is a normal one, and says why."""
    change.kind = Kind.NORMAL
    change.save(update_fields=["kind"])
    bounds = " ".join(words.sentence(reason) for reason in reasons)
    record("change.left_template", change, by=by, at=at, template=template, bounds=bounds)
