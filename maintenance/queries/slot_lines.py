"""What a search found, line by line: each slot with its reasons, and what stood against the other days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.urls import reverse

from changeboard import clock, time_words, words
from changeboard.directory.models import System
from changeboard.refusal import Reason
from maintenance.domain import heat
from maintenance.domain.heat import Row, share
from maintenance.domain.slot_clients import WEEK_DAYS, Hit
from maintenance.domain.slot_rides import Ride
from maintenance.domain.slot_search import Miss, Slot
from maintenance.queries.slots import Answer, wished_system
from maintenance.slot_labels import AGAINST

SHOWN = 20
KINDS = (("no_go", "slot.on_no_go"), ("lead", "slot.under_lead"), ("twice", "slot.hit_twice"))
GLYPHS = {
    "slot.hits": ("chart", ""),
    "slot.hits_nothing": ("chart", "ok"),
    "slot.nobodys_bad_day": ("check", "ok"),
    "slot.on_no_go": ("alert", "warn"),
    "slot.under_lead": ("alert", "warn"),
    "slot.hit_twice": ("alert", "warn"),
    "slot.holiday": ("alert", "warn"),
    "slot.short_notice": ("bolt", "warn"),
    "slot.planned_ahead": ("check", "ok"),
    "slot.room": ("check", "ok"),
}


@dataclass(frozen=True)
class Said:
    """One reason as it is drawn."""

    code: str
    text: str

    @property
    def glyph(self) -> str:
        return GLYPHS.get(self.code, ("minus", ""))[0]

    @property
    def tone(self) -> str:
        return GLYPHS.get(self.code, ("minus", "quiet"))[1]


@dataclass(frozen=True)
class SlotLine:
    """A free slot for a new window: its place in the ranking, and why."""

    place: int
    slot: Slot
    said: list[Said]
    percent: int


@dataclass(frozen=True)
class RideLine:
    """A window that is there, and what riding on it means."""

    ride: Ride
    reference: str
    url: str
    said: list[Said]


@dataclass(frozen=True)
class MissLine:
    on: date
    starts_at: datetime | None
    said: list[str]


@dataclass(frozen=True)
class Stood:
    """How many days one thing stood against, in words."""

    days: int
    text: str


class Lines:
    """What the page and the API show of an answer. `most` slots are drawn, the others counted."""

    def __init__(self, answer: Answer, systems: Sequence[System], *, most: int = SHOWN) -> None:
        self.answer, self.most = answer, most
        self.systems = {system.pk: system for system in systems}
        self.system = wished_system(answer.wish, systems)
        self.references = {window.id: window.reference for window in answer.windows}

    @property
    def hours(self) -> range:
        return range(24)

    @property
    def month(self) -> date:
        """The first of the month in which the search begins."""
        return self.answer.wish.first.replace(day=1)

    @property
    def month_before(self) -> date | None:
        """None where all of it is over."""
        first = (self.month - timedelta(days=1)).replace(day=1)
        today = clock.local_date(self.answer.standing.now, self.answer.wish.zone)
        return first if first >= today.replace(day=1) else None

    @property
    def month_after(self) -> date:
        return (self.month + timedelta(days=32)).replace(day=1)

    @property
    def is_known(self) -> bool:
        return self.answer.standing.volumes.is_known

    @property
    def weight(self) -> int:
        return self.answer.question.weight

    @property
    def length_minutes(self) -> int:
        return -(-self.answer.wish.length_seconds // 60)

    @property
    def down_minutes(self) -> int:
        """Whole minutes: a window's budget is typed in them."""
        return -(-self.answer.wish.worst_seconds // 60)

    @property
    def whose(self) -> str:
        """By whose figures: 3 of 42 clients by their own, 39 by their share of the platform’s."""
        known, every = self.answer.standing.volumes, len(self.answer.standing.clients)
        own = every - known.without
        code = "slot.by_own_and_share" if known.platform else "slot.by_own_only"
        return words.sentence(Reason(code, {"own": own, "share": known.without, "of": every}))

    @cached_property
    def busiest(self) -> float:
        """Orders in the week's busiest hour."""
        return max((cell.orders for row in self.heat for cell in row.cells), default=0.0)

    @cached_property
    def heat(self) -> list[Row]:
        wish, standing = self.answer.wish, self.answer.standing
        days = [wish.first + timedelta(days=number) for number in range((wish.last - wish.first).days + 1)]
        return heat.week(
            self.answer.finder.series, days, wish.zone, standing.holidays, self.answer.found.free
        )

    @cached_property
    def slots(self) -> list[SlotLine]:
        return [
            SlotLine(place, slot, list(map(_said, self._about(slot))), self._percent(slot.orders))
            for place, slot in enumerate(self.answer.found.best[: self.most], start=1)
        ]

    @property
    def more(self) -> int:
        return max(len(self.answer.found.best) - self.most, 0)

    @cached_property
    def rides(self) -> list[RideLine]:
        return [
            RideLine(
                ride,
                ride.span.reference,
                reverse("maintenance:window", args=[ride.span.reference]),
                list(map(_said, self._about_ride(ride))),
            )
            for ride in self.answer.rides
        ]

    @cached_property
    def fitting(self) -> list[RideLine]:
        return [line for line in self.rides if line.ride.fits]

    @cached_property
    def full(self) -> list[RideLine]:
        return [line for line in self.rides if not line.ride.fits]

    @cached_property
    def against(self) -> list[Stood]:
        """What stood against most days first."""
        counted = self.answer.found.against.most_common()
        return [
            Stood(days, " ".join(filter(None, (AGAINST.get(code, code), name))))
            for (code, name), days in counted
        ]

    @cached_property
    def nearest(self) -> list[MissLine]:
        return [self._miss(miss) for miss in self.answer.found.nearest]

    def _miss(self, miss: Miss) -> MissLine:
        return MissLine(miss.on, None, [words.sentence(reason) for reason in miss.reasons])

    def _about(self, slot: Slot) -> Iterator[Reason]:
        yield from self._volume(slot.orders)
        yield from self._clients(slot.hit)
        if slot.holiday:
            yield Reason("slot.holiday", {"holiday": slot.holiday})
        yield from self._neighbours(slot.on)
        yield from self._notice(slot.is_short_notice)
        if slot.others:
            yield Reason("slot.others" if slot.others > 1 else "slot.one_other", {"count": slot.others})

    def _about_ride(self, ride: Ride) -> Iterator[Reason]:
        yield from ride.against
        if ride.fits and self.answer.wish.disturbs:
            sums = ride.sums
            seconds = {"planned": sums.planned, "likely": sums.likely_worst, "budget": sums.budget}
            facts = {name: time_words.minutes_and_seconds(each) for name, each in seconds.items()}
            yield Reason("slot.room", facts)
        yield from self._volume(ride.orders)
        yield from self._clients(ride.hit)
        if ride.holiday:
            yield Reason("slot.holiday", {"holiday": ride.holiday})
        yield from self._notice(ride.is_short_notice)

    def _volume(self, orders: float | None) -> Iterator[Reason]:
        if orders is None:
            return
        hourly = self._hourly(orders)
        facts = {"orders": _number(orders), "hourly": _number(hourly), "percent": share(hourly, self.busiest)}
        yield Reason("slot.hits" if orders else "slot.hits_nothing", facts)

    def _hourly(self, orders: float) -> float:
        return orders * 3600 / self.answer.wish.hit_seconds

    def _percent(self, orders: float | None) -> int:
        return 0 if orders is None else min(share(self._hourly(orders), self.busiest), 100)

    def _clients(self, hit: Hit) -> Iterator[Reason]:
        for kind, code in KINDS:
            if hit.counts[kind]:
                yield Reason(code, {"clients": self.answer.clients(getattr(hit, kind))})
        if not hit.is_bad:
            yield Reason("slot.nobodys_bad_day", {})

    def _notice(self, is_short: bool) -> Iterator[Reason]:
        if self.answer.wish.disturbs:
            yield Reason("slot.short_notice" if is_short else "slot.planned_ahead", {})

    def _neighbours(self, on: date) -> Iterator[Reason]:
        """Windows of the same week, on either side: teams and clients feel them."""
        for window in sorted(self.answer.windows, key=lambda window: abs((window.on - on).days))[:2]:
            days = (on - window.on).days
            if 0 < abs(days) < WEEK_DAYS:
                code = "slot.same_week_after" if days > 0 else "slot.same_week_before"
                far = f"{abs(days)} day{'s' if abs(days) > 1 else ''}"
                yield Reason(code, {"days": far, "window": window.reference})


def _said(reason: Reason) -> Said:
    return Said(reason.code, words.sentence(reason))


def _number(orders: float) -> str:
    """38, 9.5, 0.3: one digit below ten."""
    return f"{orders:.0f}" if orders >= 10 else f"{orders:.1f}".removesuffix(".0")
