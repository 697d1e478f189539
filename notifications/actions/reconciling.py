"""Reconciling: what should be told, minus what is in the ledger, written under unique keys.

Run it as often as you like, from as many processes as you like: the second run writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from changeboard.directory.models import Contact
from maintenance.models import Window
from notifications.actions import impacts
from notifications.domain import folding
from notifications.domain import reconciling as domain
from notifications.domain.lifecycle import State
from notifications.domain.milestones import AT_ONCE, Line
from notifications.domain.picture import Planned
from notifications.domain.plan import plan
from notifications.domain.reconciling import Changes
from notifications.models import URGENT, USUAL, Delivery, Notice
from notifications.queries import pictures, policy
from notifications.queries.touched import Touched, touched


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
    lines = policy.lines()
    tally = Tally()
    for window_id in pictures.windows_to_plan(now=now, lines=lines):
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
    entries = pictures.ledger(window)
    if not entries and now >= window.ends_at:
        # Over before we knew of it (imported history): there is nobody left to tell.
        return Tally()
    impacts.follow(window, touches, entries, now=now)
    picture = pictures.pictures([window], {window.pk: touches}, now=now)[window.pk]
    lines = policy.lines() if lines is None else lines
    wanted = plan(picture, lines, pictures.readers(window, touches), entries)
    folded = folding.fold(wanted, entries, picture, now)
    return _write(window, domain.changes(folded, entries, window.revision))


def _write(window: Window, changes: Changes) -> Tally:
    """Each row only while no sender has taken it meanwhile."""
    waiting = Delivery.objects.filter(window=window, state=State.PLANNED.value)
    superseded = Delivery.objects.filter(window=window, state=State.SUPERSEDED.value)
    revived = sum(
        superseded.filter(pk__in=ids).update(state=State.PLANNED.value, reason="", **times._asdict())
        for times, ids in changes.revived.items()
    )
    return Tally(
        planned=revived + _add(window, changes.fresh),
        superseded=sum(
            Delivery.objects.filter(window=window)
            .open()
            .filter(pk__in=ids)
            .update(state=State.SUPERSEDED.value, reason=reason, try_at=None)
            for reason, ids in changes.superseded.items()
        ),
        skipped=sum(1 for row in changes.fresh if row.skip)
        + sum(
            waiting.filter(pk__in=ids).update(
                state=State.SKIPPED.value, reason=why.reason, folded_into=why.folded_into or "", try_at=None
            )
            for why, ids in changes.skipped.items()
        ),
        shifted=sum(
            waiting.filter(pk__in=ids).update(**times._asdict()) for times, ids in changes.shifted.items()
        ),
    )


def _add(window: Window, fresh: Sequence[Planned]) -> int:
    """New rows under told_once: what another process wrote meanwhile stays as it is."""
    if not fresh:
        return 0
    notices = _notices(window, fresh)
    clients, held = _clients(fresh), _held(fresh)
    made = [
        Delivery(
            notice=notices[row.audience, row.milestone],
            window=window,
            revision=window.revision,
            milestone=row.milestone.value,
            contact_id=row.contact_id,
            client_id=clients.get(row.contact_id),
            channel=row.channel,
            urgency=URGENT if row.milestone in AT_ONCE else USUAL,
            due_at=row.due_at,
            try_at=None if row.skip else row.try_at,
            not_after=max(row.not_after, row.due_at),
            state=_state(row).value,
            **held.get(row.held_as, {}),
            reason=row.skip,
            folded_into=row.folded_into or "",
        )
        for row in fresh
    ]
    return len(Delivery.objects.bulk_create(made, ignore_conflicts=True))


def _state(row: Planned) -> State:
    if row.skip:
        return State.SKIPPED
    return State.PLANNED if row.held_as is None else State.HELD


def _held(fresh: Sequence[Planned]) -> dict[int | None, dict[str, object]]:
    """Who holds the rows of an older revision that these go on from, since when."""
    ids = [row.held_as for row in fresh if row.held_as is not None]
    if not ids:
        return {}
    fields = ("held_at", "held_by_id")
    rows = Delivery.objects.filter(pk__in=ids)
    return {row.pk: {field: getattr(row, field) for field in fields} for row in rows}


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
