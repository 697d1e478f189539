"""Reconciling: what should be told, minus what is in the ledger, written under unique keys.

Run it as often as you like, from as many processes as you like: the second run writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from changeboard.directory.models import Contact
from maintenance.models import Window
from notifications.domain import folding
from notifications.domain.lifecycle import OPEN, State
from notifications.domain.milestones import RETRACTIONS, Line, Milestone
from notifications.domain.plan import Planned, plan
from notifications.models import URGENT, USUAL, Delivery, Notice
from notifications.queries import pictures
from notifications.queries.touched import Touched, touched

Key = tuple[int, str, Milestone]


@dataclass
class Tally:
    """What a run wrote."""

    planned: int = 0
    superseded: int = 0
    skipped: int = 0
    shifted: int = 0

    def __iadd__(self, other: "Tally") -> "Tally":
        self.planned += other.planned
        self.superseded += other.superseded
        self.skipped += other.skipped
        self.shifted += other.shifted
        return self


def reconcile(*, now: datetime) -> Tally:
    """Bring the ledger to what the plan says for every window that is near. Answers what was written."""
    lines = pictures.policy()
    tally = Tally()
    for window_id in pictures.windows_to_plan(now=now):
        tally += reconcile_window(window_id, lines=lines, now=now)
    return tally


@transaction.atomic
def reconcile_window(window_id: int, *, now: datetime, lines: Sequence[Line] | None = None) -> Tally:
    """The same for one window. When another process is at it, or moves it, this run leaves it to them."""
    held = Window.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    window = held.select_related("system").filter(pk=window_id).first()
    if window is None:
        return Tally()
    touches = touched([window.pk]).get(window.pk, Touched())
    picture = pictures.pictures([window], {window.pk: touches}, now=now)[window.pk]
    entries = pictures.ledger(window)
    if not entries and now >= window.ends_at:
        # Over before we knew of it (imported history): there is nobody left to tell.
        return Tally()
    lines = pictures.policy() if lines is None else lines
    wanted = plan(picture, lines, pictures.readers(window, touches), entries)
    return _write(window, folding.fold(wanted, entries, picture, now))


def _write(window: Window, wanted: Sequence[Planned]) -> Tally:
    rows = Delivery.objects.filter(window=window, revision=window.revision)
    known: dict[Key, Delivery] = {
        (row.contact_id, row.channel, Milestone(row.milestone)): row for row in rows
    }
    tally = Tally(superseded=_supersede(window, wanted, known))
    fresh = [row for row in wanted if row.key not in known and not _is_lost(row)]
    tally.planned = _add(window, fresh)
    tally.skipped = sum(1 for row in fresh if row.skip)
    for row in wanted:
        there = known.get(row.key)
        if there is not None and there.state == State.PLANNED.value:
            tally.skipped += _skip(there, row) if row.skip else 0
            tally.shifted += 0 if row.skip else _shift(there, row)
    return tally


def _is_lost(row: Planned) -> bool:
    """A contact that came after a notice had become useless was never owed it."""
    return row.skip == folding.TOO_LATE and row.folded_into is None


def _supersede(window: Window, wanted: Sequence[Planned], known: dict[Key, Delivery]) -> int:
    """Open rows of older revisions, and those that nothing asks for any more, are told no more."""
    open_rows = Delivery.objects.filter(window=window).open()
    stale = open_rows.filter(revision__lt=window.revision).update(
        state=State.SUPERSEDED.value, reason="revision", try_at=None
    )
    keys = {row.key for row in wanted}
    unasked = [row.pk for key, row in known.items() if key not in keys and row.state in OPEN]
    if unasked:
        stale += open_rows.filter(pk__in=unasked).update(
            state=State.SUPERSEDED.value, reason="not_wanted", try_at=None
        )
    return stale


def _add(window: Window, fresh: Sequence[Planned]) -> int:
    """New rows under told_once: what another process wrote meanwhile stays as it is."""
    if not fresh:
        return 0
    notices = _notices(window, fresh)
    clients = _clients(fresh)
    made = [
        Delivery(
            notice=notices[row.audience, row.milestone],
            window=window,
            revision=window.revision,
            milestone=row.milestone.value,
            contact_id=row.contact_id,
            client_id=clients.get(row.contact_id),
            channel=row.channel,
            urgency=URGENT if row.milestone in RETRACTIONS else USUAL,
            due_at=row.due_at,
            try_at=None if row.skip else row.try_at,
            not_after=max(row.not_after, row.due_at),
            state=(State.SKIPPED if row.skip else State.PLANNED).value,
            reason=row.skip,
            folded_into=row.folded_into or "",
        )
        for row in fresh
    ]
    return len(Delivery.objects.bulk_create(made, ignore_conflicts=True))


def _notices(window: Window, fresh: Sequence[Planned]) -> dict[tuple[str, str], Notice]:
    kinds = {(row.audience.value, row.milestone.value) for row in fresh}
    Notice.objects.bulk_create(
        [
            Notice(window=window, revision=window.revision, audience=audience, milestone=milestone)
            for audience, milestone in sorted(kinds)
        ],
        ignore_conflicts=True,
    )
    found = Notice.objects.filter(window=window, revision=window.revision)
    return {(notice.audience, notice.milestone): notice for notice in found}


def _clients(fresh: Sequence[Planned]) -> dict[int, int | None]:
    contacts = Contact.objects.filter(pk__in={row.contact_id for row in fresh})
    return dict(contacts.values_list("pk", "client_id"))


def _skip(there: Delivery, row: Planned) -> int:
    open_row = Delivery.objects.filter(pk=there.pk, state=State.PLANNED.value)
    return open_row.update(
        state=State.SKIPPED.value, reason=row.skip, folded_into=row.folded_into or "", try_at=None
    )


def _shift(there: Delivery, row: Planned) -> int:
    """Follow a changed hour, zone or event. A row that was tried keeps the time of its next try."""
    try_at = there.try_at if there.tries else row.try_at
    not_after = max(row.not_after, row.due_at)
    if (there.due_at, there.not_after, there.try_at) == (row.due_at, not_after, try_at):
        return 0
    return Delivery.objects.filter(pk=there.pk, state=State.PLANNED.value).update(
        due_at=row.due_at, not_after=not_after, try_at=try_at
    )
