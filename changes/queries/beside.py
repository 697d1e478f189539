"""What else is there in the window that a sheet asks for: other changes, and freezes."""

from dataclasses import dataclass

from django.db.models import Q

from changeboard import words
from changeboard.people.models import Person
from changes.domain.lifecycle import State
from changes.domain.meeting_points import Part, shared
from changes.domain.sheet import Sheet, figures
from changes.models import Change, Phase
from changes.queries.riders import FELT
from maintenance.domain.conflicts import Kind, Rider
from maintenance.models import Freeze, Window
from maintenance.queries.conflicts import if_it_rode
from maintenance.queries.holds import held_by

OF_CLIENTS = (Kind.NO_GO, Kind.TWICE, Kind.SHORT_LEAD)


@dataclass(frozen=True)
class Meeting:
    """Another change, with the names of what both take up; `clashes` when that must not be."""

    change: Change
    systems: list[str]
    services: list[str]
    people: list[str]
    clashes: bool


@dataclass(frozen=True)
class Beside:
    """`clients` are sentences: whose dates, contracts or other windows speak against it, with this change on it."""

    meetings: list[Meeting]
    freezes: list[Freeze]
    held_by: list[Freeze]
    clients: list[str]


def beside(sheet: Sheet, window: Window, *, change: int | None = None) -> Beside:
    """The clashes first. `change` is the sheet's own id. At most twenty queries, for any number of changes.

    Other people's drafts are left out: nobody is told of them before they are submitted.
    """
    others = Change.objects.open().exclude(state=State.DRAFT).exclude(pk=change or 0)
    at_once = others.filter(window__starts_at__lt=window.ends_at, window__ends_at__gt=window.starts_at)
    with_parts = at_once.order_by("number").prefetch_related("systems", "impacts__service", "steps__owner")
    found = [meeting(sheet, other) for other in with_parts]
    meetings = sorted((one for one in found if one), key=lambda one: not one.clashes)
    held = held_by([window]).get(window.pk, [])
    return Beside(meetings, freezes(sheet, window), held, clients(sheet, window))


def clients(sheet: Sheet, window: Window) -> list[str]:
    """What clients have against the window, those of the sheet's own systems and services among them."""
    found = if_it_rode(window, rider(sheet))
    return [words.sentence(conflict.reason) for conflict in found if conflict.kind in OF_CLIENTS]


def rider(sheet: Sheet) -> Rider:
    """The sheet as the rules of conflicts see it, as far as clients notice it."""
    figure = figures(sheet.answers)
    is_felt = bool(figure.worst_down_seconds) or any(
        touch.impact in FELT for touch in sheet.services.values()
    )
    return Rider(0, "", dict.fromkeys(sheet.services, ""), {}, sheet.systems, is_felt)


def freezes(sheet: Sheet, window: Window) -> list[Freeze]:
    """Those in force that the window lies in, for its own system or for any that the change touches."""
    systems = {window.system_id, *sheet.systems}
    held = Freeze.objects.between(window.starts_at, window.ends_at)
    return list(held.filter(Q(systems=None) | Q(systems__in=systems)).distinct())


def meeting(sheet: Sheet, other: Change) -> Meeting | None:
    """Where the sheet meets the other change, or None. No query when its parts are fetched."""
    systems = {system.pk: system.code for system in other.systems.all()}
    services = {impact.service_id: impact.service.name for impact in other.impacts.all()}
    owners = owners_in_window(other)
    both = shared(part(sheet), Part(frozenset(systems), frozenset(services), frozenset(owners)))
    if both.is_nothing:
        return None
    return Meeting(
        other,
        [name for key, name in systems.items() if key in both.systems],
        [name for key, name in services.items() if key in both.services],
        [str(person) for key, person in owners.items() if key in both.people],
        both.clashes,
    )


def part(sheet: Sheet) -> Part:
    people = {step.owner for step in sheet.steps if step.owner and step.phase == Phase.DURING}
    return Part(sheet.systems, frozenset(sheet.services), frozenset(people))


def owners_in_window(change: Change) -> dict[int, Person]:
    steps = [step for step in change.steps.all() if step.phase == Phase.DURING]
    return {step.owner_id: step.owner for step in steps if step.owner_id and step.owner}
