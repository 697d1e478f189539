"""Review and close: what really happened, and how it counts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal, conflict, refuse
from changes.actions import templates
from changes.domain import closing, lifecycle, troubles
from changes.domain.lifecycle import CARRIED_OUT, Act, State
from changes.models import Change, CloseCode, Kind, Review
from changes.queries.wrap_up import TROUBLE_SHOWS, carried_out

# PRODUCT.md section 3: a template suspends itself after its first failure.
FAILED = (CloseCode.UNSUCCESSFUL, CloseCode.BACKED_OUT)


@transaction.atomic
def review(
    change: Change, *, outcome: str, actual_downtime_seconds: int, learned: str, by: Person, at: datetime
) -> Review:
    """Write down what happened and what was learned; again, to correct it. Refused before the change was
    carried out, and where a closed change's code would say something else."""
    change = Change.objects.locked(change.pk)
    if change.state not in CARRIED_OUT:
        raise conflict("review.too_early", legal=lifecycle.legal(change.state))
    if change.state == State.BACKED_OUT and outcome != Review.Outcome.BACKED_OUT:
        raise refuse("review.was_backed_out", at_field="outcome")
    if change.close_code and not closing.agrees(change.close_code, outcome):
        raise refuse("review.disagrees", at_field="outcome", closed_as=change.get_close_code_display())
    if not learned.strip():
        raise refuse("review.no_words", at_field="learned")
    written, _ = Review.objects.update_or_create(
        change=change,
        defaults={
            "outcome": outcome, "actual_downtime_seconds": actual_downtime_seconds,
            "learned": learned.strip(), "by": by, "at": at,
        },
    )  # fmt: skip
    record(
        "change.reviewed", change, by=by, at=at, outcome=outcome, learned=learned.strip(),
        down_seconds=actual_downtime_seconds,
    )  # fmt: skip
    return written


@transaction.atomic
def close(
    change: Change, *, close_code: str, trouble_records: Sequence[str] = (), by: Person, at: datetime
) -> Change:
    """Close with a code. Every reason against it is named at once: see changes/domain/closing.py."""
    change = Change.objects.locked(change.pk)
    state = lifecycle.after(change.state, Act.CLOSE)
    known = troubles.joined(change.trouble_records, trouble_records)
    faults = closing.faults(carried_out(change), close_code=close_code, troubles=known)
    faults += troubles.faults(known, at_field="trouble_records")
    if faults:
        raise Refusal(faults)
    change.state, change.close_code, change.closed_at = state, close_code, at
    change.trouble_records = known
    change.save(update_fields=["state", "close_code", "closed_at", "trouble_records"])
    record("change.closed", change, by=by, at=at, close_code=close_code, troubles=known)
    if change.template is not None and change.kind == Kind.STANDARD and close_code in FAILED:
        templates.suspend(change.template, by=by, at=at, because=change)
    return change


@transaction.atomic
def link_trouble(change: Change, *, trouble_records: Sequence[str], by: Person, at: datetime) -> Change:
    """Link records of trouble, also long after closing: trouble shows late. What is linked already stays."""
    change = Change.objects.locked(change.pk)
    if change.state not in TROUBLE_SHOWS:
        raise conflict("trouble.too_early", legal=lifecycle.legal(change.state))
    if not trouble_records:
        raise refuse("trouble.empty", at_field="trouble_records")
    known = troubles.joined(change.trouble_records, trouble_records)
    if faults := troubles.faults(known, at_field="trouble_records"):
        raise Refusal(faults)
    new = known[len(change.trouble_records) :]
    if new:
        change.trouble_records = known
        change.save(update_fields=["trouble_records"])
        record("change.trouble_linked", change, by=by, at=at, records=new)
    return change


@transaction.atomic
def unlink_trouble(change: Change, *, trouble_record: str, by: Person, at: datetime) -> Change:
    """Take a record back that was linked by mistake. Refused for the last one that the close code rests on."""
    change = Change.objects.locked(change.pk)
    left = [each for each in change.trouble_records if each != trouble_record]
    if len(left) == len(change.trouble_records):
        return change
    if not left and change.close_code in closing.TROUBLE:
        raise conflict("trouble.last_one", closed_as=change.get_close_code_display())
    change.trouble_records = left
    change.save(update_fields=["trouble_records"])
    record("change.trouble_unlinked", change, by=by, at=at, record=trouble_record)
    return change
