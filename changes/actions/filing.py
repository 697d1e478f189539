"""Filing a change, editing it, submitting it to the board, withdrawing it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal, refuse
from changes.actions import agenda, ballots, preapproval, unsaved, writing
from changes.actions.asking_again import ask_again
from changes.domain import lifecycle
from changes.domain.lifecycle import Act, State
from changes.domain.material import asks_for_more, material
from changes.domain.sheet import Sheet, differences
from changes.models import Change, Kind, Watch
from changes.queries import sheets

SETTLED = (State.APPROVED, State.SCHEDULED)


@transaction.atomic
def file(
    sheet: Sheet, *, by: Person, at: datetime, form_token: UUID | None = None, source: Change | None = None
) -> Change:
    """Make a draft of the sheet, `by` its requester. The same form token again gives the same change.

    `source` is the change that the form began as a copy of; the history says so.
    Refused only for what cannot be true even of a draft; what is missing is asked for on submit.
    """
    token = form_token or uuid4()
    writing.one_form_at_a_time(token)
    known = Change.objects.filter(form_token=token, requester=by).first()
    if known is not None:
        return known
    writing.check(sheet, at=at)
    unsaved.forget(of=token, by=by)
    change = Change.objects.create(requester=by, form_token=token, created_at=at)
    writing.write(change, sheet)
    Watch.objects.create(change=change, person=by)
    record("change.filed", change, by=by, at=at, title=sheet.title, kind=sheet.kind)
    if source is not None:
        record("change.copied", change, by=by, at=at, source=source.reference)
    return change


@transaction.atomic
def edit(change: Change, sheet: Sheet, *, version: int, by: Person, at: datetime) -> Change:
    """Write the sheet over the change and record each field's from and to.

    `version` is the one that the editor saw: refused (409) when somebody saved meanwhile. After
    approval a material edit sends the change back to the board; a submitted change must stay complete.
    An answer to a question that is out of use by now stays.
    """
    change = Change.objects.locked(change.pk)
    lifecycle.after(change.state, Act.EDIT)
    before = sheets.sheet_of(change)
    sheet = sheets.with_what_was_asked(sheet, before)
    edited = differences(before, sheet)
    if not edited:
        unsaved.forget(of=change, by=by)
        return change
    if change.version != version:
        raise Refusal(
            refuse("change.edited_meanwhile", at_field="version").reasons,
            conflict=True,
            legal=lifecycle.legal(change.state),
        )
    if change.state != State.DRAFT:
        _complete(sheet)
    writing.check(sheet, at=at, was=change.window_id)
    unsaved.forget(of=change, by=by)
    was_settled, touched = change.state in SETTLED, material(edited)
    if was_settled and touched:
        # Before the write: without its approval it may lose its window, with it it may not.
        change.state, change.decided_at = lifecycle.after(change.state, Act.REVIEW_AGAIN), None
    writing.write(change, sheet)
    if change.state != State.DRAFT and asks_for_more(before, sheet):
        change.asked_at = at
        change.save(update_fields=["asked_at"])
    record("change.edited", change, by=by, at=at, fields=writing.named(edited))
    _look_again(change, touched, was_settled=was_settled, by=by, at=at)
    return change


@transaction.atomic
def submit(change: Change, *, by: Person, at: datetime) -> Change:
    """Hand a complete draft to the board: it goes on the next meeting's agenda.

    Refused with everything that is missing at once. A standard change within the bounds of its valid
    template is approved by it and skips the board; any other goes there as a normal one (PRODUCT.md section 3).
    """
    change = Change.objects.locked(change.pk)
    if change.state != State.DRAFT:
        lifecycle.after(change.state, Act.SUBMIT)
    sheet = sheets.sheet_of(change)
    _complete(sheet)
    writing.check(sheet, at=at)
    writing.assess(change, sheet)
    change.submitted_at = change.asked_at = at
    if change.kind == Kind.STANDARD and preapproval.preapprove(change, sheet, by=by, at=at):
        return Change.objects.get(pk=change.pk)
    change.state = lifecycle.after(change.state, Act.SUBMIT)
    change.save()
    short = change.is_short_notice(now=at)
    record("change.submitted", change, by=by, at=at, score=change.risk_score, short_notice=short)
    if short:
        record("change.short_notice_started", change, by=None, at=at, window=change.window)
    agenda.place(change, by=by, at=at)
    return Change.objects.get(pk=change.pk)


@transaction.atomic
def file_and_submit(
    sheet: Sheet, *, by: Person, at: datetime, form_token: UUID | None = None, source: Change | None = None
) -> Change:
    """Both or neither. The same form token again gives the change as it is by now."""
    change = file(sheet, by=by, at=at, form_token=form_token, source=source)
    return submit(change, by=by, at=at) if change.state == State.DRAFT else change


@transaction.atomic
def edit_and_submit(change: Change, sheet: Sheet, *, version: int, by: Person, at: datetime) -> Change:
    """Both or neither."""
    return submit(edit(change, sheet, version=version, by=by, at=at), by=by, at=at)


@transaction.atomic
def withdraw(change: Change, *, by: Person, at: datetime, reason: str = "") -> Change:
    """Take the change back, any time before it is in progress. It leaves its window and the agenda."""
    change = Change.objects.locked(change.pk)
    window = change.window
    change.state = lifecycle.after(change.state, Act.WITHDRAW)
    change.window = None
    change.save(update_fields=["state", "window"])
    record("change.withdrawn", change, by=by, at=at, reason=reason, window=window)
    agenda.leave(change, at=at)
    return change


def _complete(sheet: Sheet) -> None:
    lacking = sheets.missing(sheet)
    if lacking:
        raise Refusal(lacking)


def _look_again(
    change: Change, touched: Sequence[str], *, was_settled: bool, by: Person, at: datetime
) -> None:
    """A material edit asks again whoever agreed to what was there before; after approval it has taken the
    approval away as well. Say which edit did it."""
    if touched:
        ask_again(change, touched, by=by, at=at)
    if touched and change.kind == Kind.EMERGENCY and change.state != State.DRAFT:
        # What the members approved was something else.
        change.emergency_approvals.all().delete()
    if touched:
        ballots.close_on_edit(change.pk, by=by, at=at)
    if not was_settled or not touched:
        return
    record("change.sent_back", change, by=by, at=at, fields=touched)
    if change.kind == Kind.STANDARD and change.template is not None:
        preapproval.leave(change, change.template, (), by=by, at=at)
    agenda.place(change, by=by, at=at)
