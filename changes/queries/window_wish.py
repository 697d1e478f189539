"""The wish of a change for a window that somebody would have to plan, and what became of it."""

from dataclasses import dataclass

from changeboard.people.models import Person
from changes.domain.lifecycle import BEFORE_IN_PROGRESS
from changes.models import Change, WindowWish
from maintenance.models import Window


@dataclass(frozen=True)
class Wished:
    """`window` is the one that stands there by now; who reads may plan it, or asks for it."""

    wish: WindowWish | None
    window: Window | None
    may_plan: bool
    is_requester: bool
    may_ask: bool

    @property
    def is_open(self) -> bool:
        return self.wish is not None and self.wish.ended_at is None


def wished(change: Change, *, person: Person) -> Wished:
    """The newest wish. Two queries; an earlier one that was taken back is nobody's business any more."""
    rows = change.window_wishes.select_related("system", "by", "ended_by")
    wish = rows.exclude(reason="", ended_at__isnull=False).first()
    window = None
    if wish is not None and wish.ended_at is None:
        window = Window.objects.standing().filter(system=wish.system_id, on=wish.on).first()
    is_requester = change.requester_id == person.pk
    return Wished(
        wish,
        window,
        may_plan=person.has_perm("maintenance.create_window"),
        is_requester=is_requester,
        may_ask=is_requester and change.state in BEFORE_IN_PROGRESS,
    )
