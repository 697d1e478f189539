"""Standard changes: approved beforehand by the board's approval of their template (PRODUCT.md section 3)."""

from datetime import datetime

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal
from changes.actions import riding
from changes.domain import lifecycle
from changes.domain.lifecycle import Act
from changes.models import Change, RiskLevel
from changes.queries import templates


def preapprove(change: Change, *, by: Person, at: datetime) -> Change:
    """Approve a standard change by its template; called by `filing.submit` inside its transaction.

    Refused when the template is unapproved, expired or suspended, when the change may disturb the
    platform, or when its risk is not low: those go before the board as normal changes.
    """
    reasons = faults(change, at=at)
    if reasons:
        raise Refusal(reasons)
    change.state = lifecycle.after(change.state, Act.PREAPPROVE)
    change.decided_at = at
    change.save()
    record("change.preapproved", change, by=by, at=at, template=change.template)
    return riding.confirm(change, by=by, at=at)


def faults(change: Change, *, at: datetime) -> list[Reason]:
    """Why this change is no standard change."""
    usable = templates.usable(now=at).filter(changes=change).exists()
    tests = {
        "change.template_not_usable": usable,
        "change.standard_disturbs": not change.planned_down_seconds and not change.worst_down_seconds,
        "change.standard_not_low_risk": change.risk_level == RiskLevel.LOW,
    }
    return [Reason(code, {}, "kind") for code, holds in tests.items() if not holds]
