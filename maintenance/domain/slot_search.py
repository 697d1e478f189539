"""Free slots for what needs one: where it may lie, whom it hits there, and what stood against the rest. Pure.

A slot is a start on a platform day. `search` looks at every allowed start between two days; what each clashes
with comes from `clashes`, whom it hits from `slot_clients`, how much from `volume`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from changeboard import clock
from changeboard.refusal import Reason
from maintenance.domain.conflicts import Frozen, Span, clashes
from maintenance.domain.slot_clients import Affected, BadDays, Hit
from maintenance.domain.volume import Series, Volumes

DAY_MINUTES = 24 * 60


class Treat(StrEnum):
    """What is done with a slot that hits clients badly in one way."""

    LEAVE_OUT = "leave_out"
    RANK_DOWN = "rank_down"
    IGNORE = "ignore"


@dataclass(frozen=True)
class Wish:
    """What a slot is wanted for. Lengths in seconds, days and hours on the clock of `zone`.

    It starts no earlier than `earliest` and is over by `latest` (midnight: the end of the day).
    `planned_seconds` and `worst_seconds` of it the platform is down.
    """

    system_ids: tuple[int, ...]
    length_seconds: int
    first: date
    last: date
    zone: str
    planned_seconds: int = 0
    worst_seconds: int = 0
    earliest: time = time(8)
    latest: time = time(18)
    weekends: bool = False
    step_minutes: int = 60
    no_go: Treat = Treat.RANK_DOWN
    lead: Treat = Treat.RANK_DOWN
    twice: Treat = Treat.RANK_DOWN

    @property
    def disturbs(self) -> bool:
        return self.planned_seconds > 0 or self.worst_seconds > 0

    @property
    def hit_seconds(self) -> int:
        """For how long clients may notice: the downtime at worst, or all of it where nothing goes down."""
        return self.worst_seconds or self.length_seconds

    @property
    def treatment(self) -> Mapping[str, Treat]:
        return {"no_go": self.no_go, "lead": self.lead, "twice": self.twice}


@dataclass(frozen=True)
class Standing:
    """What is there already. `takes_downtime` are ids of windows; `holidays` of the platform's country."""

    windows: Sequence[Span]
    freezes: Sequence[Frozen]
    clients: Sequence[Affected]
    volumes: Volumes
    now: datetime
    horizon_days: int
    takes_downtime: frozenset[int] = frozenset()
    holidays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Slot:
    """One start that is free. `hit` are the clients hit badly; `orders` what it hits, None where unknown."""

    on: date
    wall: time
    starts_at: datetime
    ends_at: datetime
    is_short_notice: bool
    holiday: str
    hit: Hit
    orders: float | None
    others: int = 0

    def rank(self, treatment: Mapping[str, Treat]) -> tuple[int, bool, float, datetime]:
        """Fewest clients hit badly first, then no holiday, then the fewest orders, then the soonest."""
        counts = self.hit.counts
        badly = sum(counts[kind] for kind, treat in treatment.items() if treat == Treat.RANK_DOWN)
        return (badly, bool(self.holiday), self.orders or 0.0, self.starts_at)


@dataclass(frozen=True)
class Miss:
    """A day without a free start: the start of it that came nearest, and what stood against that."""

    on: date
    wall: time | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Found:
    """`best`: one slot a free day, ranked. `free`: every free start. `misses`: every other day, in order."""

    best: list[Slot]
    free: list[Slot]
    misses: list[Miss]

    @property
    def against(self) -> Counter[tuple[str, str]]:
        """How many days each thing stood against: by code and, where it has one, its name."""
        return Counter(
            pair for miss in self.misses for pair in {(reason.code, named(reason)) for reason in miss.reasons}
        )

    @property
    def nearest(self) -> list[Miss]:
        """The misses with the least against them, the soonest first."""
        tried = [miss for miss in self.misses if miss.wall is not None]
        return sorted(tried, key=lambda miss: (len(miss.reasons), miss.on))[:3]


def named(reason: Reason) -> str:
    """What a reason is counted under, beside its code."""
    # RIS-2026-12 is a window of RIS.
    return str(reason.facts.get("freeze") or str(reason.facts.get("window", "")).rsplit("-", 2)[0])


def starts(wish: Wish, on: date) -> list[time]:
    """The wall times at which the wish may start on a day; none on a weekend that is not allowed."""
    if on.weekday() > 4 and not wish.weekends:
        return []
    first = wish.earliest.hour * 60 + wish.earliest.minute
    until = wish.latest.hour * 60 + wish.latest.minute or DAY_MINUTES
    last = until - -(-wish.length_seconds // 60)
    return [
        time(*divmod(minute, 60))
        for minute in range(first, min(last, DAY_MINUTES - 1) + 1, wish.step_minutes)
    ]


def search(wish: Wish, standing: Standing) -> Found:
    """Every free start between two days, and for each other day what stood against it."""
    return Finder(wish, standing).search()


class Finder:
    """A wish against what stands, with what is looked up often laid out beforehand."""

    def __init__(self, wish: Wish, standing: Standing) -> None:
        self.wish, self.standing = wish, standing
        self.hours = timedelta(seconds=wish.length_seconds)
        self.left_out = [kind for kind, treat in wish.treatment.items() if treat == Treat.LEAVE_OUT]
        self.bad = BadDays(
            standing.clients, [w for w in standing.windows if w.id in standing.takes_downtime],
            zone=wish.zone, now=standing.now, disturbs=wish.disturbs,
        )  # fmt: skip
        before = wish.first - timedelta(days=1)
        begun = clock.at_wall(before, time(0), wish.zone).replace(minute=0)
        days = (wish.last - before).days + 3
        self.series = (
            Series(standing.volumes, begun, days, standing.holidays) if standing.volumes.is_known else None
        )
        self.near = _by_day(standing.windows, wish.zone)

    def search(self) -> Found:
        """Every free start, and for each other day what stood against it."""
        wish, best, free, misses = self.wish, [], [], []
        for number in range((wish.last - wish.first).days + 1):
            found, miss = self.day(wish.first + timedelta(days=number))
            free += found
            if found:
                first = min(found, key=lambda slot: slot.rank(wish.treatment))
                best.append(replace(first, others=len(found) - 1))
            elif miss is not None:
                misses.append(miss)
        best.sort(key=lambda slot: slot.rank(wish.treatment))
        return Found(best, free, misses)

    def day(self, on: date) -> tuple[list[Slot], Miss | None]:
        """The free starts of a day; without one the nearest miss of it."""
        free, nearest, tried = [], None, starts(self.wish, on)
        for wall in tried:
            starts_at = clock.at_wall(on, wall, self.wish.zone)
            if starts_at <= self.standing.now:
                continue
            reasons, hit = self.against(on, starts_at)
            if not reasons:
                free.append(self.slot(on, wall, starts_at, hit))
            elif nearest is None or len(reasons) < len(nearest.reasons):
                nearest = Miss(on, wall, tuple(reasons))
        if free or nearest is not None:
            return free, nearest
        return [], Miss(on, None, (_not_tried(on, tried),))

    def against(self, on: date, starts_at: datetime) -> tuple[list[Reason], Hit]:
        """Every reason why the wish may not start there, and which clients it would hit badly."""
        ends_at = starts_at + self.hours
        last = clock.local_date(ends_at - timedelta(seconds=1), self.wish.zone)
        near = self.near.get(on, []) if last == on else [*self.near.get(on, []), *self.near.get(last, [])]
        reasons: dict[str, Reason] = {}
        for system_id in self.wish.system_ids:
            span = Span(None, "", system_id, on, starts_at, ends_at)
            for reason in clashes(span, near, self.standing.freezes):
                reasons.setdefault(f"{reason.code} {reason.facts}", reason)
        hit = self.bad.hit(on, last, starts_at, ends_at)
        for kind in self.left_out:
            if clients := hit.counts[kind]:
                reasons[kind] = Reason(f"slot.{kind}", {"clients": clients})
        return list(reasons.values()), hit

    def slot(self, on: date, wall: time, starts_at: datetime, hit: Hit) -> Slot:
        return Slot(
            on, wall, starts_at, starts_at + self.hours,
            is_short_notice(self.wish, starts_at, self.standing),
            self.standing.holidays.get(on, ""), hit, self.orders(starts_at),
        )  # fmt: skip

    def orders(self, starts_at: datetime) -> float | None:
        """What the downtime hits when it begins with the window; None where no volume is known."""
        if self.series is None:
            return None
        return self.series.orders(starts_at, starts_at + timedelta(seconds=self.wish.hit_seconds))

    def hit_of(self, window: Span) -> Hit:
        """Whom a window that stands would hit badly with the wish on board."""
        last = clock.local_date(window.ends_at - timedelta(seconds=1), self.wish.zone)
        return self.bad.hit(window.on, last, window.starts_at, window.ends_at, own=window.id)


def is_short_notice(wish: Wish, starts_at: datetime, standing: Standing) -> bool:
    """Whether it may disturb the platform sooner than the planning horizon (PRODUCT.md section 3)."""
    return wish.disturbs and starts_at < standing.now + timedelta(days=standing.horizon_days)


def _not_tried(on: date, tried: Sequence[time]) -> Reason:
    if tried:
        return Reason("slot.over", {"on": on})
    return Reason("slot.weekend" if on.weekday() > 4 else "slot.no_room_in_the_hours", {"on": on})


def _by_day(windows: Iterable[Span], zone: str) -> dict[date, list[Span]]:
    """The windows that a span on a platform day can meet: those of the day and those that reach into it."""
    found: dict[date, list[Span]] = {}
    for window in windows:
        first, last = (clock.local_date(at, zone) for at in (window.starts_at, window.ends_at))
        days = {first + timedelta(days=number) for number in range((last - first).days + 1)} | {window.on}
        for on in days:
            found.setdefault(on, []).append(window)
    return found
