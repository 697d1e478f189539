"""Review and close: what really happened, and how it counts."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict, refuse
from changes.actions import templates
from changes.domain import lifecycle
from changes.domain.lifecycle import Act
from changes.models import TROUBLE, Change, CloseCode, Kind, Review

# PRODUCT.md section 3: a template suspends itself after its first failure.
FAILED = (CloseCode.UNSUCCESSFUL, CloseCode.BACKED_OUT)
REVIEWABLE = ("implemented", "backed_out", "closed")


@transaction.atomic
def review(
    change: Change, *, outcome: str, actual_downtime_seconds: int, learned: str, by: Person, at: datetime
) -> Review:
    """Write down what happened and what was learned. Refused before the change was carried out."""
    change = Change.objects.locked(change.pk)
    if change.state not in REVIEWABLE:
        raise conflict("review.too_early", legal=lifecycle.legal(change.state))
    if not learned.strip():
        raise refuse("review.no_words", at_field="learned")
    written, _ = Review.objects.update_or_create(
        change=change,
        defaults={
            "outcome": outcome, "actual_downtime_seconds": actual_downtime_seconds,
            "learned": learned.strip(), "by": by, "at": at,
        },
    )  # fmt: skip
    record("change.reviewed", change, by=by, at=at, outcome=outcome, learned=learned.strip())
    return written


@transaction.atomic
def close(change: Change, *, close_code: str, trouble_record: str = "", by: Person, at: datetime) -> Change:
    """Close with a code. Refused without one, without a record where there was trouble, and for an emergency
    or a change that was down without its review."""
    change = Change.objects.locked(change.pk)
    state = lifecycle.after(change.state, Act.CLOSE)
    faults = []
    if close_code not in CloseCode.values:
        faults.append(Reason("close.no_code", {}, "close_code"))
    if close_code in TROUBLE and not trouble_record.strip():
        faults.append(Reason("close.no_record", {}, "trouble_record"))
    if change.kind == Kind.EMERGENCY and not Review.objects.filter(change=change).exists():
        faults.append(Reason("close.no_review", {}))
    if faults:
        raise Refusal(faults)
    change.state, change.close_code, change.closed_at = state, close_code, at
    change.trouble_record = trouble_record.strip()
    change.save(update_fields=["state", "close_code", "closed_at", "trouble_record"])
    record("change.closed", change, by=by, at=at, close_code=close_code)
    if change.template is not None and change.kind == Kind.STANDARD and close_code in FAILED:
        templates.suspend(change.template, by=by, at=at, because=change)
    return change
