"""What a change of policy, cadence or client would mean for the months ahead, before it is saved. Pure.

Two outlooks are compared notice by notice: how many more, how many fewer, which would go out late, and which
client would hear nothing before its window (PRODUCT.md section 6).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from notifications.domain.milestones import AHEAD, AT_ONCE, Audience, Milestone
from notifications.domain.outlook import Going

Key = tuple[int, int, str, Milestone]


@dataclass(frozen=True)
class Window:
    """One window's outlook. `clients` by contact; `told` are clients that heard of it already."""

    id: int
    starts_at: datetime
    going: tuple[Going, ...]
    clients: Mapping[int, int]
    told: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Unheard:
    """A client that hears nothing before the window starts."""

    window: int
    client: int


@dataclass(frozen=True)
class Difference:
    """`more` and `fewer` by milestone; `moved` go out at another time; `late` are sent at once since their
    hour is past; `unheard` would be new, `heard` no longer so."""

    before: int
    after: int
    more: Mapping[Milestone, int]
    fewer: Mapping[Milestone, int]
    moved: Mapping[Milestone, int]
    late: tuple[tuple[int, Going], ...]
    unheard: tuple[Unheard, ...]
    heard: tuple[Unheard, ...]

    @property
    def is_none(self) -> bool:
        return not (self.more or self.fewer or self.moved or self.unheard or self.heard)


def difference(before: Iterable[Window], after: Iterable[Window]) -> Difference:
    """From one outlook of the same months to another."""
    before, after = list(before), list(after)
    was, becomes = _by_key(before), _by_key(after)
    silent_before, silent_after = set(_unheard(before)), set(_unheard(after))
    return Difference(
        before=len(was),
        after=len(becomes),
        more=_counted(becomes.keys() - was.keys()),
        fewer=_counted(was.keys() - becomes.keys()),
        moved=_counted(key for key in was.keys() & becomes.keys() if was[key].at != becomes[key].at),
        late=tuple(
            (key[0], going)
            for key, going in sorted(becomes.items(), key=lambda pair: pair[1].at)
            if going.is_late and not (key in was and was[key].is_late)
        ),
        unheard=_in_order(silent_after - silent_before),
        heard=_in_order(silent_before - silent_after),
    )


def _by_key(windows: Iterable[Window]) -> dict[Key, Going]:
    return {
        (window.id, going.row.contact_id, going.row.channel, going.row.milestone): going
        for window in windows
        for going in window.going
    }


def _unheard(windows: Iterable[Window]) -> Iterable[Unheard]:
    """Clients of whom no contact is told of the window ahead of its start."""
    for window in windows:
        hearing = set(window.told)
        for going in window.going:
            row = going.row
            if row.audience is Audience.CLIENTS and row.milestone in (*AHEAD, *AT_ONCE):
                hearing.add(window.clients[row.contact_id])
        for client in sorted(set(window.clients.values()) - hearing):
            yield Unheard(window.id, client)


def _counted(keys: Iterable[Key]) -> Mapping[Milestone, int]:
    return dict(
        sorted(Counter(key[3] for key in keys).items(), key=lambda pair: list(Milestone).index(pair[0]))
    )


def _in_order(found: set[Unheard]) -> tuple[Unheard, ...]:
    return tuple(sorted(found, key=lambda each: (each.window, each.client)))
