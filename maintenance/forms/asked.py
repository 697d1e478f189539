"""What an address of the calendar asks for. What cannot be read is left out and named: an address never fails."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from changeboard import clock
from changeboard.directory.models import Client, System
from changeboard.people.models import Person, platform_time_zone
from maintenance.domain import zone_names
from maintenance.domain.days import Stretch, View, stretch
from maintenance.queries import concerned
from maintenance.queries.calendar import KINDS, Wanted
from maintenance.queries.concerned import Reach

LONGEST = 120
# The years that a calendar turns to.
FIRST_YEAR, LAST_YEAR = 2000, 2199
# The zone of the reader and of the client have names of their own, so that a link says the same to others.
MINE, UTC, OF_CLIENT, OTHER = "mine", "utc", "client", "other"


@dataclass(frozen=True)
class LeftOut:
    """A value of the address that means nothing here."""

    label: str
    value: str


@dataclass
class Asked:
    """`systems` and `kinds` are empty for all; `tz` is the clock as the address names it, `zone` that clock's
    zone; `candidates` are clients that may be meant by what was typed."""

    reader: Person
    view: View
    on: date
    systems: tuple[str, ...]
    kinds: tuple[str, ...]
    reach: Reach | None
    candidates: list[Client]
    tz: str
    zone: str
    today: date
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def client(self) -> Client | None:
        return self.reach.client if self.reach else None

    @cached_property
    def stretch(self) -> Stretch:
        return stretch(self.view, self.on)

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.stretch, self.zone, self.systems, self.kinds or KINDS, self.reach)

    @property
    def filters(self) -> list[tuple[str, str]]:
        """(name, value) of all but the days, always in the same order."""
        found = [("system", code) for code in self.systems] + [("kind", kind) for kind in self.kinds]
        return [*found, ("client", self.client.slug if self.client else ""), ("tz", self.tz)]

    def address(self, view: View | None = None, on: date | None = None, *, but: str = "") -> str:
        """The address of the same for another view or day, or less one filter."""
        view, on = view or self.view, on or self.on
        days = ("month", f"{on:%Y-%m}") if view in (View.MONTH, View.LIST) else ("on", on.isoformat())
        pairs = [("view", view.value if view != View.MONTH else ""), days, *self.filters]
        return "?" + urlencode([(name, value) for name, value in pairs if value and name != but])

    @cached_property
    def filter_query(self) -> str:
        """The filters alone, as part of an address."""
        return urlencode([(name, value) for name, value in self.filters if value])

    @property
    def previous(self) -> str:
        return self.address(on=self.stretch.previous)

    @property
    def following(self) -> str:
        return self.address(on=self.stretch.following)

    @property
    def present(self) -> str:
        return self.address(on=self.today)

    @property
    def views(self) -> list[tuple[str, str, bool]]:
        """(word, address, is shown) of month, week and list. From the present month, the week of today."""
        month = (self.on.year, self.on.month) == (self.today.year, self.today.month)
        on = self.today if month and self.view in (View.MONTH, View.LIST) else self.on
        shown = (View.MONTH, View.WEEK, View.LIST)
        return [(view.value.capitalize(), self.address(view, on), view == self.view) for view in shown]

    @property
    def without_client(self) -> str:
        return self.address(but="client")

    def naming(self, client: Client) -> str:
        """The address of the same for this client."""
        return f"{self.without_client}&" + urlencode({"client": client.slug})

    @property
    def meant(self) -> list[tuple[str, str]]:
        """(name, address) of the clients that may be meant by what was typed."""
        return [(client.name, self.naming(client)) for client in self.candidates]

    @property
    def asks_for_zone(self) -> bool:
        """Whether a zone is to be typed that the list of clocks does not have."""
        return self.tz == OTHER

    @property
    def clocks(self) -> list[tuple[str, str, str, bool]]:
        """(value, whose, zone, is shown) of the clocks to choose from."""
        platform = platform_time_zone()
        found = [("", "Platform", platform), (MINE, "Mine", self.reader.time_zone or platform)]
        found += [(OF_CLIENT, self.client.name, self.client.time_zone)] if self.client else []
        found += [(UTC, "", "UTC")] + ([(self.tz, "", self.zone)] if "/" in self.tz else [])
        return [(value, whose, zone, value == self.tz) for value, whose, zone in found]


def asked(query: QueryDict, *, reader: Person, systems: list[System], now: datetime) -> Asked:
    """Read an address. No query without a client, else at most six."""
    left_out: list[LeftOut] = []
    client, candidates = _client(query.get("client", ""), left_out)
    tz, zone = _zone(query.get("tz", ""), query.get("zone", ""), reader, client, left_out)
    today = clock.local_date(now, zone)
    return Asked(
        reader=reader,
        view=View(_one_of(query.get("view", ""), list(View), "view", left_out) or View.MONTH),
        on=_day(query.get("on", "") or query.get("month", ""), left_out) or today,
        systems=_several(query.getlist("system"), [system.code for system in systems], "system", left_out),
        kinds=_several(query.getlist("kind"), KINDS, "kind", left_out),
        reach=concerned.reach(client, now=now) if client else None,
        candidates=candidates,
        tz=tz,
        zone=zone,
        today=today,
        left_out=left_out,
    )


def _one_of(value: str, known: list[View], label: str, left_out: list[LeftOut]) -> str:
    if value and value not in known:
        left_out.append(LeftOut(label, value[:LONGEST]))
        return ""
    return value


def _several(
    values: list[str], known: list[str] | tuple[str, ...], label: str, left_out: list[LeftOut]
) -> tuple[str, ...]:
    """Those that are known, in the order in which they are known; all of them are as good as none."""
    left_out += [LeftOut(label, value[:LONGEST]) for value in dict.fromkeys(values) if value not in known]
    given = tuple(value for value in known if value in values)
    return given if len(given) < len(known) else ()


def _day(words: str, left_out: list[LeftOut]) -> date | None:
    """A day like 2026-12-15, or a month like 2026-12 by its first."""
    try:
        on = date.fromisoformat(f"{words}-01" if len(words) == len("2026-12") else words) if words else None
    except ValueError:
        on = None
    if on and FIRST_YEAR <= on.year <= LAST_YEAR:
        return on
    if words:
        left_out.append(LeftOut("day", words[:LONGEST]))
    return None


def _client(words: str, left_out: list[LeftOut]) -> tuple[Client | None, list[Client]]:
    words = words.replace("\x00", "").strip()[:LONGEST]
    found = concerned.named(words) if words else []
    if words and not found:
        left_out.append(LeftOut("client", words))
    return (found[0], []) if len(found) == 1 else (None, found)


def _zone(
    tz: str, typed: str, reader: Person, client: Client | None, left_out: list[LeftOut]
) -> tuple[str, str]:
    """The clock as the address names it, and its zone."""
    platform = platform_time_zone()
    known = {"": platform, MINE: reader.time_zone or platform, UTC: "UTC"}
    if client:
        known[OF_CLIENT] = client.time_zone
    if tz in known:
        return tz, known[tz]
    words = typed if tz == OTHER else tz
    if found := zone_names.find(words):
        return found, found
    # Somebody who has just chosen “another” has typed none yet; a client's clock goes with the client.
    if words and tz != OF_CLIENT:
        left_out.append(LeftOut("time zone", words[:LONGEST]))
    return (OTHER, platform) if tz == OTHER else ("", platform)
