"""What the changes on a window touch, and what they say to clients. Four queries for any windows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from changes.domain.lifecycle import RODE
from changes.models import Change, Impact, Kind
from notifications.domain import wording

# Whether a service that is not as usual can still be read, as clients are told.
READ = {"yes": "You can still look things up.", "no": "Nothing can be looked up either."}


@dataclass(frozen=True)
class ServiceTouched:
    """One service that a change touches, in the network operators' words."""

    name: str
    impact: str
    seconds: int
    code: str = ""
    id: int = 0
    # The system that provides it, if one does: whoever uses that uses the service.
    system: int | None = None
    meanwhile: str = ""
    can_be_read: str = ""

    @property
    def up_to(self) -> str:
        return wording.length(self.seconds) if self.seconds else ""

    @property
    def line(self) -> str:
        """Degraded, up to 30 seconds. Meanwhile: Ring the desk. You can still look things up."""
        return " ".join(
            [self.how, *([f"Meanwhile: {wording.ended(self.meanwhile)}"] if self.meanwhile else [])]
        )

    @property
    def how(self) -> str:
        """The line without what to do meanwhile."""
        said = wording.ended(", up to ".join(filter(None, [self.impact.capitalize(), self.up_to])))
        return f"{said} {READ[self.can_be_read]}" if self.can_be_read in READ else said


@dataclass(frozen=True)
class Riding:
    """One change on a window, as a notice needs it."""

    reference: str
    title: str
    paragraph: str
    planned_down_seconds: int
    worst_down_seconds: int
    is_short_notice: bool
    services: tuple[ServiceTouched, ...]
    # Ids of all that it touches, also without impact; systems with those that provide its services.
    touches_systems: frozenset[int] = frozenset()
    touches_services: frozenset[int] = frozenset()
    is_emergency: bool = False

    @property
    def planned_down(self) -> str:
        return wording.length(self.planned_down_seconds)

    @property
    def worst_down(self) -> str:
        return wording.length(self.worst_down_seconds) if self.worst_down_seconds else ""


FELT = (Impact.DEGRADED, Impact.OUTAGE)


@dataclass
class Touched:
    """Systems and services (ids) that the changes of one window touch, and the changes."""

    systems: set[int] = field(default_factory=set)
    services: set[int] = field(default_factory=set)
    # Systems that provide a service that is touched.
    providers: set[int] = field(default_factory=set)
    riding: list[Riding] = field(default_factory=list)

    @property
    def is_short_notice(self) -> bool:
        return any(change.is_short_notice for change in self.riding)

    @property
    def has_emergency(self) -> bool:
        return any(change.is_emergency for change in self.riding)

    @property
    def worst_impact(self) -> str:
        """The gravest of the four words among all services touched, as its code."""
        codes = {service.code for change in self.riding for service in change.services}
        return next((code for code in reversed(Impact.values) if code in codes), Impact.NO_IMPACT.value)


def touched(windows: Iterable[int]) -> dict[int, Touched]:
    """By window id; a window without changes has an empty one. Short notice is judged at submission."""
    found: dict[int, Touched] = defaultdict(Touched)
    changes = (
        Change.objects.filter(window__in=list(windows), state__in=RODE)
        .select_related("window")
        .prefetch_related("systems", "impacts__service")
        .order_by("number")
    )
    for change in changes:
        if change.window_id is None:
            continue
        of_window = found[change.window_id]
        of_window.systems |= {system.pk for system in change.systems.all()}
        of_window.services |= set(change.touched_services())
        of_window.providers |= providers(change)
        of_window.riding.append(_riding(change))
    return found


def providers(change: Change) -> set[int]:
    systems = [touch.service.system_id for touch in change.impacts.all()]
    return {system for system in systems if system is not None}


def _riding(change: Change) -> Riding:
    return Riding(
        reference=change.reference,
        title=change.title,
        # Only what marketing signed off leaves the house.
        paragraph=change.client_paragraph if change.paragraph_signed_at else "",
        planned_down_seconds=change.planned_down_seconds or 0,
        worst_down_seconds=change.worst_down_seconds or 0,
        is_short_notice=change.is_short_notice(now=change.submitted_at or change.created_at),
        services=tuple(
            ServiceTouched(
                touch.service.name,
                touch.get_impact_display().lower(),
                touch.seconds,
                touch.impact,
                id=touch.service_id,
                system=touch.service.system_id,
                meanwhile=touch.meanwhile,
                can_be_read=touch.fallback if touch.impact in FELT else "",
            )
            for touch in change.impacts.all()
            if touch.impact != Impact.NO_IMPACT
        ),
        touches_systems=frozenset({system.pk for system in change.systems.all()} | providers(change)),
        touches_services=frozenset(change.touched_services()),
        is_emergency=change.kind == Kind.EMERGENCY,
    )
