"""Splitting a window's downtime budget."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal
from maintenance.domain import lifecycle, shares
from maintenance.domain.lifecycle import Act
from maintenance.domain.shares import Share
from maintenance.models import BudgetShare, Window
from maintenance.queries.claims import claims
from maintenance.queries.shares import source_of


@transaction.atomic
def split(window: Window, given: Sequence[Share], *, reason: str, by: Person, at: datetime) -> Window:
    """Say what each change on the window may take and what is kept for a purpose; it replaces what was said.

    No revision: neither times nor budget change, so nobody has to be told. Refused for more than the budget, a
    share of what does not ride, a purpose without words or twice, without a reason, and once the window is not
    ahead. The same once more changes nothing.
    """
    window = Window.objects.locked(window.pk)
    lifecycle.after(window.state, Act.SET_BUDGET)
    was = [row.as_share for row in window.shares.all()]
    if list(given) == was:
        return window
    faults = shares.faults(given, window.budget_seconds, {source_of(claim) for claim in claims(window)})
    faults += [] if reason.strip() else [Reason("share.reason_missing", {}, "reason")]
    if faults:
        raise Refusal(faults)
    window.shares.all().delete()
    BudgetShare.objects.bulk_create(_row(window, share) for share in given)
    window.kept_seconds = shares.kept(given)
    window.save(update_fields=["kept_seconds"])
    record("window.split", window, by=by, at=at, was=_told(was), to=_told(given), reason=reason)
    return window


def _row(window: Window, share: Share) -> BudgetShare:
    kind, pk = share.source or ("", None)
    return BudgetShare(
        window=window, label=share.label.strip(), seconds=share.seconds, source_kind=kind, source_id=pk
    )


def _told(given: Sequence[Share]) -> list[str]:
    return [f"{share.label} {share.seconds} s" for share in given]
