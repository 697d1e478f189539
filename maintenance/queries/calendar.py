"""The days of the calendar: windows, freezes and what the floors above put beside them, in the reader's zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from changeboard import clock
from changeboard.directory.queries.public_holidays import holiday
from maintenance.contributions import Entry, contributors
from maintenance.domain.days import DAY, Stretch, View
from maintenance.domain.lifecycle import State
from maintenance.models import Freeze, Window
from maintenance.queries import concerned, lists
from maintenance.queries.calendar_days import MOST, Card, Day
from maintenance.queries.concerned import Reach

KINDS = ("window", "notice", "meeting", "freeze")
EVERY_SYSTEM = "*"
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Wanted:
    """What of the calendar is wanted: which days, whose clock, which systems (codes; none: all) and kinds,
    and with `reach` only what concerns that client."""

    stretch: Stretch
    zone: str
    systems: tuple[str, ...] = ()
    kinds: tuple[str, ...] = KINDS
    reach: Reach | None = None

    def has_system(self, code: str) -> bool:
        return not self.systems or code in self.systems


@dataclass(frozen=True)
class Picture:
    """The days asked for. `windows`, `down` and `short_notice` speak of the stretch itself, cancelled ones left
    out; so does `begun`, the freezes that begin in it."""

    stretch: Stretch
    days: list[Day]
    down: list[Card]
    windows: int
    short_notice: int
    begun: list[Freeze]

    @property
    def weeks(self) -> list[list[Day]]:
        return [self.days[at : at + 7] for at in range(0, len(self.days), 7)]

    @property
    def holidays(self) -> list[Day]:
        """The days of the stretch itself that are public holidays."""
        return [day for day in self.days if not day.is_out and day.holiday]

    @property
    def listed(self) -> list[Day]:
        """The days of the stretch itself on which something stands."""
        return [day for day in self.days if not day.is_out and day.has_something]


def picture(wanted: Wanted, *, now: datetime) -> Picture:
    """The days with what stands on them, and what stands against the windows. Four queries and what
    the contributors ask; the client's reach is known."""
    start, end = wanted.stretch.instants(wanted.zone)
    every = list(Window.objects.between(start, end).for_pages())
    freezes = list(Freeze.objects.between(start, end))
    reach = wanted.reach
    days = _days(wanted, now)
    _put_windows(days, every, _cards(every, freezes, wanted, reach), wanted.zone)
    for entry in _entries(start, end, wanted, now):
        _day_of(days, entry.starts_at, wanted.zone).entries.append(entry)
    _put_freezes(days, freezes, wanted, reach)
    for no_go in reach.no_gos if reach else ():
        if no_go.on in days:
            days[no_go.on].no_gos.append(no_go)
    return _summed(wanted.stretch, list(days.values()))


def _summed(stretch: Stretch, days: list[Day]) -> Picture:
    own = [card for day in days if not day.is_out for card in day.windows if not card.is_off]
    down = [card for card in own if card.window.takes_downtime]
    begun = [freeze for day in days if not day.is_out for freeze in day.begun]
    return Picture(stretch, days, down, len(own), sum(card.line.short_notice for card in own), begun)


def _days(wanted: Wanted, now: datetime) -> dict[date, Day]:
    today, stretch = clock.local_date(now, wanted.zone), wanted.stretch
    most = MOST if stretch.view == View.MONTH else None
    return {
        on: Day(on, not stretch.has(on), on == today, on < today, most, holiday=holiday(on))
        for on in stretch.days
    }


def _day_of(days: dict[date, Day], at: datetime, zone: str) -> Day:
    """The day of an instant; what began before the first day stands on that."""
    return days.get(clock.local_date(at, zone)) or next(iter(days.values()))


def _cards(every: list[Window], freezes: list[Freeze], wanted: Wanted, reach: Reach | None) -> list[Card]:
    if "window" not in wanted.kinds:
        return []
    chosen = [window for window in every if wanted.has_system(window.system.code)]
    via = concerned.concerned(chosen, reach) if reach else dict.fromkeys((window.pk for window in chosen), "")
    return [
        Card(
            line,
            clock.local_date(line.window.starts_at, wanted.zone),
            via[line.window.pk],
            next((freeze for freeze in freezes if freeze.hits(line.window)), None),
        )
        for line in lists.held([window for window in chosen if window.pk in via])
    ]


def _put_windows(days: dict[date, Day], every: list[Window], cards: list[Card], zone: str) -> None:
    """Each card on its day, and on those that it runs into; whatever stands is in the way of others."""
    for window in every:
        if window.state != State.CANCELLED:
            _day_of(days, window.starts_at, zone).taken.append(window.reference)
    for card in cards:
        if card.day in days:
            days[card.day].windows.append(card)
        last = clock.local_date(card.window.ends_at - MOMENT, zone)
        for number in range(1, (last - card.day).days + 1):
            if card.day + DAY * number in days:
                days[card.day + DAY * number].running.append(card)


def _entries(start: datetime, end: datetime, wanted: Wanted, now: datetime) -> list[Entry]:
    client = wanted.reach.client if wanted.reach else None
    asked = (each.entries(start, end, zone=wanted.zone, client=client, now=now) for each in contributors())
    found = [entry for entry in chain.from_iterable(asked) if entry.kind in wanted.kinds]
    chosen = [entry for entry in found if not entry.system or wanted.has_system(entry.system)]
    return sorted(chosen, key=lambda entry: entry.starts_at)


def _put_freezes(days: dict[date, Day], freezes: list[Freeze], wanted: Wanted, reach: Reach | None) -> None:
    """A freeze on every day over which it holds; a hard one is in the way of what is moved there."""
    own = next(day.on for day in days.values() if not day.is_out)
    for freeze in freezes:
        codes = {system.code for system in freeze.systems.all()}
        ours = {system.code for system in reach.systems} if reach else codes
        shown = "freeze" in wanted.kinds and (
            not codes or (codes & ours and any(map(wanted.has_system, codes)))
        )
        first, last = (clock.local_date(at, wanted.zone) for at in (freeze.starts_at, freeze.last_moment))
        for day in days.values():
            if first <= day.on <= last:
                day.frozen += (sorted(codes) or [EVERY_SYSTEM]) if freeze.hard else []
                day.freezes += [freeze] if shown else []
                day.begun += [freeze] if shown and day.on == first else []
                day.listed += [freeze] if shown and day.on == max(first, own) else []
