"""Which freezes hold which windows: brought to what the rule says, whenever one of both has changed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from maintenance.domain import freezes as rule
from maintenance.domain.freezes import Pair
from maintenance.domain.lifecycle import AHEAD
from maintenance.models import Freeze, Hold, Window
from maintenance.queries.holds import overridden
from maintenance.queries.standing import freezes_between, span_of


@transaction.atomic
def settle(windows: Iterable[int], *, by: Person | None, at: datetime) -> int:
    """Hold and release these windows (ids) as the freezes in force say; returns how many holds began or ended.

    What a hold keeps back is nothing but going and being told; state and revision stay. A second time nothing
    changes. At most six queries beside two for each hold that begins or ends.
    """
    rows = Window.objects.select_for_update(of=("self",)).filter(pk__in=list(windows)).order_by("pk")
    known = {window.pk: window for window in rows}
    ahead = [window for window in known.values() if window.state in AHEAD]
    standing = Hold.objects.open().filter(window__in=known).select_related("freeze")
    held: dict[Pair, Hold] = {(hold.window_id, hold.freeze_id): hold for hold in standing}
    starts, ends = [each.starts_at for each in ahead], [each.ends_at for each in ahead]
    frozen = freezes_between(min(starts), max(ends)) if ahead else []
    passed = overridden(known, [freeze.id for freeze in frozen if freeze.id is not None])
    found = rule.difference([span_of(window) for window in ahead], frozen, passed, held)
    for window, freeze in sorted(found.to_hold):
        _hold(known[window], freeze, by=by, at=at)
    for pair in sorted(found.to_release):
        _release(known[pair[0]], held[pair], by=by, at=at)
    return len(found.to_hold) + len(found.to_release)


def held_by(freeze: Freeze) -> list[int]:
    """Ids of the windows that a freeze holds. One query."""
    return list(Hold.objects.open().filter(freeze=freeze).values_list("window", flat=True))


def _hold(window: Window, freeze_id: int, *, by: Person | None, at: datetime) -> None:
    hold = Hold.objects.create(window=window, freeze_id=freeze_id, at=at)
    record("window.held", window, by=by, at=at, freeze=hold.freeze.name)


def _release(window: Window, hold: Hold, *, by: Person | None, at: datetime) -> None:
    hold.released_at = at
    hold.save(update_fields=["released_at"])
    record("window.released", window, by=by, at=at, freeze=hold.freeze.name)
