"""What stands against a window lying where it lies, or is wanted. Pure: pictures in, findings out.

The ten conflicts of PRODUCT.md section 5, in its order. Three refuse outright: two windows of a system at
once, two systems on one platform day, a hard freeze. Whoever has the right overrides the freeze, with a
reason; each of the others is disposed of by a name and a reason.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations

from changeboard import clock
from changeboard.refusal import Reason
from maintenance.domain import budget
from maintenance.domain.conflict_pictures import Frozen, Hit, Picture, Reader, Rider, Span, overlaps

__all__ = [
    "Accepted", "Conflict", "Frozen", "Hit", "Kind", "Picture", "Reader", "Rider", "Span", "clashes",
    "conflicts", "overlaps",
]  # fmt: skip

WEEK = timedelta(days=7)
NAMED = 3
IN_FREEZE, IN_SOFT_FREEZE = "window.in_freeze", "window.in_soft_freeze"


class Kind(StrEnum):
    OVERLAP = "overlap"
    DAY_TAKEN = "day_taken"
    FREEZE = "freeze"
    OVER_BUDGET = "over_budget"
    OFF_CADENCE = "off_cadence"
    SAME_SERVICE = "same_service"
    SAME_PERSON = "same_person"
    NO_GO = "no_go"
    TWICE = "twice_in_a_week"
    SHORT_LEAD = "short_lead"


@dataclass(frozen=True)
class Conflict:
    """One thing that stands against a window. `about`, `parts` and `weight` say what exactly, so that whoever
    accepts it accepts that much and no more."""

    kind: Kind
    reason: Reason
    about: str = ""
    parts: frozenset[str] = field(default=frozenset())
    weight: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether nothing may lie there: no window is put into it, and one that it came over is held."""
        return self.kind in (Kind.OVERLAP, Kind.DAY_TAKEN) or (self.kind is Kind.FREEZE and self.weight > 0)

    @property
    def can_be_accepted(self) -> bool:
        """Whether a name and a reason dispose of it; for a hard freeze that is an override."""
        return self.kind not in (Kind.OVERLAP, Kind.DAY_TAKEN)


@dataclass(frozen=True)
class Accepted:
    """What somebody answered for. Weight None: whatever it came to."""

    kind: str
    about: str
    parts: frozenset[str]
    weight: int | None

    def covers(self, conflict: Conflict) -> bool:
        """That much and less, never more: a further client or a longer overrun is a new conflict."""
        is_it = (self.kind, self.about) == (conflict.kind.value, conflict.about)
        within = self.weight is None or conflict.weight <= self.weight
        return is_it and within and (self.weight is None or conflict.parts <= self.parts)


def clashes(wanted: Span, windows: Iterable[Span], freezes: Iterable[Frozen]) -> list[Reason]:
    """Every reason why `wanted` cannot lie there, in the order of PRODUCT.md section 5."""
    found = [*_of_calendar(wanted, list(windows)), *_of_freezes(wanted, freezes)]
    return [conflict.reason for conflict in found if conflict.is_refused]


def conflicts(picture: Picture) -> list[Conflict]:
    """Every conflict of the window, in the order of PRODUCT.md section 5."""
    window = picture.window
    return [
        *_of_calendar(window, list(picture.windows)),
        *_of_freezes(window, picture.freezes),
        *_of_budget(picture),
        *_of_cadence(window, picture.cadence),
        *_of_services(picture.riders),
        *_of_people(picture.riders),
        *_of_no_go_dates(window, picture.readers),
        *_of_the_week(window, picture.hits),
        *_of_contracts(window, picture.readers, picture.known_at),
    ]


def _of_calendar(wanted: Span, windows: Sequence[Span]) -> list[Conflict]:
    others = [window for window in windows if window.id != wanted.id or window.id is None]
    at_once = [window for window in others if _same_system_at_once(wanted, window)]
    that_day = [window for window in others if _other_system_that_day(wanted, window)]
    return [
        *(_taken(Kind.OVERLAP, "window.overlaps", window) for window in at_once),
        *(_taken(Kind.DAY_TAKEN, "window.day_taken", window) for window in that_day),
    ]


def _same_system_at_once(wanted: Span, window: Span) -> bool:
    return window.system_id == wanted.system_id and (
        window.on == wanted.on or overlaps(wanted.starts_at, wanted.ends_at, window.starts_at, window.ends_at)
    )


def _other_system_that_day(wanted: Span, window: Span) -> bool:
    return window.system_id != wanted.system_id and window.on == wanted.on


def _taken(kind: Kind, code: str, window: Span) -> Conflict:
    facts = {"window": window.reference, "on": window.on}
    return Conflict(kind, Reason(code, facts, "on"), about=window.reference)


def _of_freezes(wanted: Span, freezes: Iterable[Frozen]) -> Iterator[Conflict]:
    for freeze in freezes:
        if freeze.holds_for(wanted):
            facts = {"freeze": freeze.name, "until": freeze.ends_at, "since": freeze.starts_at}
            code = IN_FREEZE if freeze.hard else IN_SOFT_FREEZE
            about = "" if freeze.id is None else str(freeze.id)
            yield Conflict(Kind.FREEZE, Reason(code, facts, "on"), about, weight=int(freeze.hard))


def _of_budget(picture: Picture) -> Iterator[Conflict]:
    sums = budget.sums(picture.downtime, picture.budget_seconds)
    if sums.is_over:
        facts = {"likely_worst": _clock(sums.likely_worst), "budget": _clock(sums.budget)}
        facts["over_by"] = _clock(sums.over_by)
        yield Conflict(Kind.OVER_BUDGET, Reason("window.over_budget", facts), weight=sums.over_by)


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _of_cadence(window: Span, starts: frozenset[datetime] | None) -> Iterator[Conflict]:
    if starts is not None and window.starts_at not in starts:
        nearest = min(starts, key=lambda start: (abs(start - window.starts_at), start), default=None)
        code = "window.off_cadence" if nearest else "window.far_off_cadence"
        yield Conflict(Kind.OFF_CADENCE, Reason(code, {"nearest": nearest}, "on"))


def _of_services(riders: Sequence[Rider]) -> Iterator[Conflict]:
    for one, other in combinations(riders, 2):
        both = one.services.keys() & other.services.keys()
        if both:
            names = sorted(one.services[pk] for pk in both)
            facts = {"one": one.label, "other": other.label, "services": names}
            about, parts = f"{one.id} {other.id}", frozenset(map(str, both))
            yield Conflict(Kind.SAME_SERVICE, Reason("window.same_service", facts), about, parts)


def _of_people(riders: Sequence[Rider]) -> Iterator[Conflict]:
    names = {pk: name for rider in riders for pk, name in rider.people.items()}
    for pk, name in sorted(names.items(), key=lambda person: person[1]):
        on = [rider for rider in riders if pk in rider.people]
        if len(on) > 1:
            facts = {"person": name, "changes": [rider.label for rider in on]}
            parts = frozenset(str(rider.id) for rider in on)
            yield Conflict(Kind.SAME_PERSON, Reason("window.same_person", facts), str(pk), parts)


def _of_no_go_dates(window: Span, readers: Iterable[Reader]) -> Iterator[Conflict]:
    """A client's date is its own calendar's: 23:00 in Chicago is the next day in New York."""
    hit = [reader for reader in readers if not _days(window, reader.zone).isdisjoint(reader.no_go)]
    if hit:
        dates = {(reader.id, on) for reader in hit for on in reader.no_go & _days(window, reader.zone)}
        parts = frozenset(f"{pk} {on}" for pk, on in dates)
        yield Conflict(Kind.NO_GO, _about_clients("window.no_go", hit, {}), parts=parts)


def _days(window: Span, zone: str) -> set[date]:
    """The calendar days that the window touches where the client is; what ends at midnight ends the day before."""
    day, last = clock.local_date(window.starts_at, zone), window.ends_at - timedelta(microseconds=1)
    days = (clock.local_date(last, zone) - day).days
    return {day + timedelta(days=number) for number in range(days + 1)}


def _of_the_week(window: Span, hits: Iterable[Hit]) -> Iterator[Conflict]:
    for hit in hits:
        if hit.clients and abs(hit.window.on - window.on) < WEEK:
            clients = [Reader(pk, name, "") for pk, name in hit.clients.items()]
            facts = {"window": hit.window.reference, "day": hit.window.on}
            reason = _about_clients("window.twice", clients, facts)
            parts = frozenset(map(str, hit.clients))
            yield Conflict(Kind.TWICE, reason, f"{hit.window.reference} {hit.window.on}", parts)


def _of_contracts(window: Span, readers: Iterable[Reader], known_at: datetime) -> Iterator[Conflict]:
    """Days are counted on the client's calendar, from the day on which the window came to lie there."""
    lacking = {reader: short for reader in readers if (short := _days_short(window, reader, known_at)) > 0}
    if lacking:
        facts = {"days": max(reader.lead_days or 0 for reader in lacking), "short": max(lacking.values())}
        reason = _about_clients("window.short_lead", list(lacking), facts)
        parts = frozenset(str(reader.id) for reader in lacking)
        yield Conflict(Kind.SHORT_LEAD, reason, parts=parts, weight=max(lacking.values()))


def _days_short(window: Span, reader: Reader, known_at: datetime) -> int:
    if reader.lead_days is None:
        return 0
    first, start = (clock.local_date(instant, reader.zone) for instant in (known_at, window.starts_at))
    return reader.lead_days - (start - first).days


def _about_clients(code: str, clients: Collection[Reader], facts: Mapping[str, object]) -> Reason:
    """Three by name and the rest by number: a sentence that names two thousand is read by nobody."""
    names = sorted(client.name for client in clients)
    more = len(names) - NAMED
    many = {"clients": names[:NAMED], "more": more} if more > 0 else {"clients": names}
    return Reason(f"{code}_for_many" if more > 0 else code, {**many, **facts}, "on")
