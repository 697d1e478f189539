"""Reconciling: what should be told, minus what is in the ledger, written under unique keys.

Run it as often as you like, from as many processes as you like: the second run writes nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from changeboard.directory.models import Contact
from maintenance.models import Window
from notifications.domain import folding
from notifications.domain.lifecycle import OPEN, State
from notifications.domain.milestones import RETRACTIONS, Line, Milestone
from notifications.domain.plan import Entry, Planned, plan
from notifications.models import URGENT, USUAL, Delivery, Notice
from notifications.models.ledger import DeliveryQuerySet
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
    # Windows that another process held: whatever it saw may be older than what we were called for.
    passed_over: int = 0

    def __iadd__(self, other: "Tally") -> "Tally":
        self.planned += other.planned
        self.superseded += other.superseded
        self.skipped += other.skipped
        self.shifted += other.shifted
        self.passed_over += other.passed_over
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
        return Tally(passed_over=1)
    touches = touched([window.pk]).get(window.pk, Touched())
    picture = pictures.pictures([window], {window.pk: touches}, now=now)[window.pk]
    entries = pictures.ledger(window)
    if not entries and now >= window.ends_at:
        # Over before we knew of it (imported history): there is nobody left to tell.
        return Tally()
    lines = pictures.policy() if lines is None else lines
    wanted = plan(picture, lines, pictures.readers(window, touches), entries)
    return _write(window, folding.fold(wanted, entries, picture, now), entries)


def _write(window: Window, wanted: Sequence[Planned], entries: Sequence[Entry]) -> Tally:
    known = {entry.key: entry for entry in entries if entry.revision == window.revision}
    tally = Tally(superseded=_supersede(window, wanted, known))
    fresh = [row for row in wanted if row.key not in known and not _is_lost(row)]
    tally.planned = _add(window, fresh)
    tally.skipped = sum(1 for row in fresh if row.skip)
    standing = [(known[row.key], row) for row in wanted if row.key in known]
    changed = [(there, row) for there, row in standing if there.state is State.PLANNED]
    tally.skipped += _skip([pair for pair in changed if pair[1].skip])
    tally.shifted = _shift([pair for pair in changed if not pair[1].skip])
    return tally


def _is_lost(row: Planned) -> bool:
    """A contact that came after a notice had become useless was never owed it."""
    return row.skip == folding.TOO_LATE and row.folded_into is None


def _supersede(window: Window, wanted: Sequence[Planned], known: dict[Key, Entry]) -> int:
    """Open rows of older revisions, and those that nothing asks for any more, are told no more."""
    open_rows = Delivery.objects.filter(window=window).open()
    stale = open_rows.filter(revision__lt=window.revision).update(
        state=State.SUPERSEDED.value, reason="revision", try_at=None
    )
    keys = {row.key for row in wanted}
    unasked = [entry.id for key, entry in known.items() if key not in keys and entry.state in OPEN]
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


def _skip(pairs: Sequence[tuple[Entry, Planned]]) -> int:
    """One statement for all that are skipped for one reason."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for there, row in pairs:
        alike[row.skip, row.folded_into or ""].append(there.id)
    return sum(
        _still_planned(ids).update(
            state=State.SKIPPED.value, reason=reason, folded_into=folded_into, try_at=None
        )
        for (reason, folded_into), ids in alike.items()
    )


def _shift(pairs: Sequence[tuple[Entry, Planned]]) -> int:
    """Follow a changed hour, zone or event; one statement for all that go to the same times. A row that was
    tried keeps the time of its next try."""
    alike: dict[tuple[datetime, datetime, datetime | None], list[int]] = defaultdict(list)
    for there, row in pairs:
        times = row.due_at, max(row.not_after, row.due_at), there.try_at if there.tries else row.try_at
        if times != (there.due_at, there.not_after, there.try_at):
            alike[times].append(there.id)
    return sum(
        _still_planned(ids).update(due_at=due_at, not_after=not_after, try_at=try_at)
        for (due_at, not_after, try_at), ids in alike.items()
    )


def _still_planned(ids: Sequence[int]) -> DeliveryQuerySet:
    """Those of them that no sender has taken meanwhile."""
    return Delivery.objects.filter(pk__in=ids, state=State.PLANNED.value)
