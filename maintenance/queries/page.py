"""One window with all that its page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from changeboard import clock, time_words
from changeboard.directory.queries.affected import affected_clients
from changeboard.people.models import Person
from maintenance.contributions import Claim, Finding, Panel, Riding, Told, contributors
from maintenance.domain import lifecycle, readiness
from maintenance.domain.budget import Sums
from maintenance.domain.lifecycle import State
from maintenance.domain.shares import Portion
from maintenance.models import Duty, Freeze, SmokeCheck, Window
from maintenance.queries.claims import claims
from maintenance.queries.conflicts import Standing, standing
from maintenance.queries.former import Former, former
from maintenance.queries.holds import held_by
from maintenance.queries.readiness import findings, riding_by_window, sums_of
from maintenance.queries.shares import portions
from maintenance.queries.told import by_window

LIFE = (State.PLANNED, State.ANNOUNCED, State.IN_PROGRESS, State.VERIFYING, State.COMPLETED)


@dataclass(frozen=True)
class DutyLine:
    """A duty and who has it, if anybody."""

    role: str
    label: str
    person: Person | None


@dataclass(frozen=True)
class ZoneLine:
    """What the clock shows during the window where some clients are."""

    abbreviation: str
    hours: str
    clients: int


@dataclass(frozen=True)
class WindowPage:
    window: Window
    findings: list[Finding]
    conflicts: list[Standing]
    held_by: list[Freeze]
    claims: list[Claim]
    portions: list[Portion]
    sums: Sums
    riding: Riding
    panels: list[Panel]
    duties: list[DutyLine]
    zones: list[ZoneLine]
    open_checks: list[SmokeCheck]
    former: Former | None
    told: Told
    now: datetime

    @property
    def red(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.ok]

    @property
    def split(self) -> list[Portion]:
        """The budget's parts that somebody gave; empty while it is not split."""
        return [portion for portion in self.portions if portion.seconds is not None]

    @property
    def open_conflicts(self) -> int:
        return sum(each.is_open for each in self.conflicts)

    @property
    def green(self) -> int:
        return len(self.findings) - len(self.red)

    @property
    def clients(self) -> int:
        return sum(zone.clients for zone in self.zones)

    @property
    def opens_at(self) -> datetime:
        """The instant from which Go can be said."""
        return self.window.starts_at - readiness.OPENS_BEFORE

    @property
    def is_open(self) -> bool:
        return self.now >= self.opens_at

    @property
    def can(self) -> list[str]:
        """The acts that the window's state allows."""
        return lifecycle.legal(self.window.state)

    @property
    def stops(self) -> list[tuple[str, str]]:
        """The window's life as a path: (word, done | now | todo | bad)."""
        return stops(self.window)


def page(window: Window, *, person: Person, now: datetime) -> WindowPage:
    """Everything about one window. A fixed number of queries beside those of the contributors."""
    wanted = claims(window)
    is_ahead = window.is_ahead
    against = standing(window)
    return WindowPage(
        window=window,
        findings=findings(window, now=now, against=against) if is_ahead else [],
        conflicts=against,
        held_by=held_by([window]).get(window.pk, []),
        claims=wanted,
        portions=portions(window, wanted),
        sums=sums_of(window, wanted),
        riding=riding_by_window([window])[window.pk],
        panels=[panel for each in contributors() for panel in each.panels(window, person)],
        duties=duties(window),
        zones=zones(window),
        open_checks=list(SmokeCheck.objects.filter(run__window=window, done_at=None)),
        former=former(window, now=now),
        told=by_window([window])[window.pk] if is_ahead else Told(),
        now=now,
    )


def stops(window: Window) -> list[tuple[str, str]]:
    if window.state == State.CANCELLED:
        return [("Planned", "done"), ("Cancelled", "bad")]
    reached = LIFE.index(State(window.state))
    if window.state == State.COMPLETED:
        return [(_word(state), "done") for state in LIFE]
    how = ["done" if place < reached else "now" if place == reached else "todo" for place in range(len(LIFE))]
    return list(zip(map(_word, LIFE), how, strict=True))


def _word(state: State) -> str:
    return state.replace("_", " ").capitalize()


def duties(window: Window) -> list[DutyLine]:
    """Every duty of the day, in the order of the list. One query."""
    named = {duty.role: duty.person for duty in window.duties.select_related("person")}
    return [DutyLine(role.value, role.label, named.get(role.value)) for role in Duty.Role]


def touched_services(window: Window) -> set[int]:
    """Ids of the services that whatever rides on the window touches."""
    return {pk for each in contributors() for pk in each.touched_services(window)}


def zones(window: Window) -> list[ZoneLine]:
    """Its hours where its clients are, the largest group first. One query beside the contributors'."""
    affected = affected_clients([window.system_id], touched_services(window))
    counted: dict[tuple[str, str], int] = {}
    # Denver and Phoenix are one line in winter and two in summer: the clock decides, not the zone's name.
    for zone, number in affected.order_by().values_list("time_zone").annotate(number=Count("pk")):
        shown = (
            time_words.abbreviation(clock.local(window.starts_at, zone)),
            time_words.hours(window.starts_at, window.ends_at, zone),
        )
        counted[shown] = counted.get(shown, 0) + number
    lines = [ZoneLine(short, hours, number) for (short, hours), number in counted.items()]
    return sorted(lines, key=lambda line: (-line.clients, line.abbreviation))
