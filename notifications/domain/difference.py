"""What a change of policy, cadence or client would mean for the months ahead, before it is saved. Pure.

Two outlooks are compared notice by notice: how many more, how many fewer, which at another time or late, and
which client would hear nothing before its window (PRODUCT.md section 6).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from changeboard import clock
from notifications.domain.milestones import AHEAD, AT_ONCE, ORDER, Audience, Milestone
from notifications.domain.outlook import Going


class Key(NamedTuple):
    """Which notice: what the two outlooks are compared by."""

    window: int
    contact: int
    channel: str
    audience: Audience
    milestone: Milestone


class Promise(NamedTuple):
    """So many days before `starts_at` on the calendar of `zone`."""

    days: int
    zone: str
    starts_at: datetime

    def is_kept(self, at: datetime) -> bool:
        days = clock.local_date(self.starts_at, self.zone) - clock.local_date(at, self.zone)
        return days.days >= self.days


@dataclass(frozen=True)
class Window:
    """One window's outlook. `concerned` are the clients that should hear of it before it starts, `told` those
    that did. Contacts that fare alike may be one: `many` says how many it stands for (one where it is not in
    it), `clients` whose contacts they are, `promised` what their contract asks for."""

    id: int
    going: tuple[Going, ...]
    concerned: frozenset[int]
    clients: Mapping[int, frozenset[int]]
    told: frozenset[int] = frozenset()
    many: Mapping[int, int] = field(default_factory=dict)
    promised: Mapping[int, Promise] = field(default_factory=dict)


class Unheard(NamedTuple):
    """A client that hears nothing before the window starts, or hears of it later than its contract asks."""

    window: int
    client: int


@dataclass(frozen=True)
class Part:
    """One milestone of one audience: so many before and after; of these new, gone, at another time."""

    audience: Audience
    milestone: Milestone
    before: int
    after: int
    more: int
    fewer: int
    moved: int

    @property
    def differs(self) -> bool:
        return bool(self.more or self.fewer or self.moved)


class Late(NamedTuple):
    """Notices that are sent at once since their hour is past, about one window."""

    window: int
    audience: Audience
    milestone: Milestone
    due_at: datetime
    many: int


@dataclass(frozen=True)
class Difference:
    """`parts` in the order of audiences and milestones. `unheard` and `short`, of a contract, would be new,
    `heard` hear of what they did not hear of."""

    parts: tuple[Part, ...]
    late: tuple[Late, ...]
    unheard: tuple[Unheard, ...]
    heard: tuple[Unheard, ...]
    short: tuple[Unheard, ...] = ()

    @property
    def before(self) -> int:
        return sum(part.before for part in self.parts)

    @property
    def after(self) -> int:
        return sum(part.after for part in self.parts)

    @property
    def more(self) -> int:
        return sum(part.more for part in self.parts)

    @property
    def fewer(self) -> int:
        return sum(part.fewer for part in self.parts)

    @property
    def moved(self) -> int:
        return sum(part.moved for part in self.parts)

    @property
    def differing(self) -> list[Part]:
        return [part for part in self.parts if part.differs]

    @property
    def is_none(self) -> bool:
        return not (self.differing or self.unheard or self.heard or self.short)


class _Sent(NamedTuple):
    going: Going
    many: int


def difference(before: Iterable[Window], after: Iterable[Window]) -> Difference:
    """From one outlook of the same months to another."""
    before, after = list(before), list(after)
    was, becomes = dict(_by_key(before)), dict(_by_key(after))
    silent_before, silent_after = set(_unheard(before)), set(_unheard(after))
    concerned = {Unheard(window.id, client) for window in after for client in window.concerned}
    return Difference(
        tuple(_parts(was, becomes)),
        tuple(_late(was, becomes)),
        tuple(sorted(silent_after - silent_before)),
        # Whom a window concerns no more hears of it no better than before.
        tuple(sorted((silent_before & concerned) - silent_after)),
        tuple(sorted({*_short(after)} - {*_short(before)} - silent_after)),
    )


def _by_key(windows: Iterable[Window]) -> Iterator[tuple[Key, _Sent]]:
    for window in windows:
        for going in window.going:
            row = going.row
            key = Key(window.id, row.contact_id, row.channel, row.audience, row.milestone)
            yield key, _Sent(going, window.many.get(row.contact_id, 1))


def _parts(was: Mapping[Key, _Sent], becomes: Mapping[Key, _Sent]) -> Iterator[Part]:
    counts = {
        name: Counter[tuple[Audience, Milestone]]() for name in ("before", "after", "more", "fewer", "moved")
    }
    for key, sent in was.items():
        place = key.audience, key.milestone
        counts["before"][place] += sent.many
        if key not in becomes:
            counts["fewer"][place] += sent.many
        elif becomes[key].going.at != sent.going.at:
            counts["moved"][place] += sent.many
    for key, sent in becomes.items():
        counts["after"][key.audience, key.milestone] += sent.many
        counts["more"][key.audience, key.milestone] += 0 if key in was else sent.many
    for audience in Audience:
        for milestone in ORDER:
            place = audience, milestone
            if place in counts["before"] or place in counts["after"]:
                yield Part(audience, milestone, **{name: count[place] for name, count in counts.items()})


def _late(was: Mapping[Key, _Sent], becomes: Mapping[Key, _Sent]) -> Iterator[Late]:
    """Those that would be late and are not, or are not late now."""
    counted = Counter[tuple[int, Audience, Milestone]]()
    due: dict[tuple[int, Audience, Milestone], datetime] = {}
    for key, sent in becomes.items():
        if sent.going.is_late and not (key in was and was[key].going.is_late):
            place = key.window, key.audience, key.milestone
            counted[place] += sent.many
            due[place] = min(due.get(place, sent.going.row.due_at), sent.going.row.due_at)
    for place in sorted(due, key=lambda place: (due[place], place)):
        yield Late(*place, due[place], counted[place])


def _unheard(windows: Iterable[Window]) -> Iterator[Unheard]:
    """Clients of whom no contact is told of the window ahead of its start."""
    for window in windows:
        hearing = set(window.told)
        for going in _ahead(window):
            hearing |= window.clients.get(going.row.contact_id, frozenset())
        for client in window.concerned - hearing:
            yield Unheard(window.id, client)


def _short(windows: Iterable[Window]) -> Iterator[Unheard]:
    """Clients of whom no contact is told as many days before as the contract asks for."""
    for window in windows:
        kept = set(window.told)
        for going in _ahead(window):
            promise = window.promised.get(going.row.contact_id)
            if promise is None or promise.is_kept(going.at):
                kept |= window.clients.get(going.row.contact_id, frozenset())
        asking = frozenset[int]().union(*(window.clients[contact] for contact in window.promised))
        for client in (asking & window.concerned) - kept:
            yield Unheard(window.id, client)


def _ahead(window: Window) -> Iterator[Going]:
    """What clients are told of its start."""
    for going in window.going:
        if going.row.audience is Audience.CLIENTS and going.row.milestone in (*AHEAD, *AT_ONCE):
            yield going
