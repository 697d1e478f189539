"""What a window does to those who use it: as it stands now, and as the notices of each revision say it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from changeboard.directory.models import Service
from changes.models import Change
from changes.models import Impact as Word
from maintenance.models import Window
from notifications.domain.impact import OWN_SYSTEM, Concern, Effect, Impact, Passage
from notifications.models import Delivery, ToldImpact, Words
from notifications.queries import uses
from notifications.queries.touched import Riding, ServiceTouched, Touched

# A change that rode on the window and lies before the board again: what becomes of it is not known yet.
UNDECIDED = ("in_review", "deferred", "approved")


def stands(window: Window, touches: Touched) -> Impact:
    """As it is now, with the paragraphs that are signed off. One query."""
    words = Words.objects.filter(window=window).first()
    paragraph = words.signed_paragraph if words else ""
    return Impact(_effects(window, touches.riding), _passages(paragraph, touches.riding))


def _effects(window: Window, riding: Iterable[Riding]) -> frozenset[Effect]:
    own = Word.OUTAGE if window.takes_downtime else Word.NO_IMPACT
    return frozenset(
        {
            Effect(OWN_SYSTEM, window.system_id, own.value, window.budget_seconds),
            *(
                Effect(each.id, each.system, each.code, each.seconds, each.meanwhile, each.can_be_read)
                for each in uses.by_service(riding)
            ),
        }
    )


def _passages(paragraph: str, riding: Iterable[Riding]) -> frozenset[Passage]:
    of_changes = (
        Passage(change.paragraph.strip(), change.touches_systems, change.touches_services)
        for change in riding
    )
    return frozenset(each for each in (Passage(paragraph.strip()), *of_changes) if each.text)


def kept(windows: Iterable[int]) -> dict[int, dict[int, Impact]]:
    """By window and revision. One query."""
    found: dict[int, dict[int, Impact]] = defaultdict(dict)
    for row in ToldImpact.objects.filter(window__in=list(windows)):
        found[row.window_id][row.revision] = as_impact(row)
    return found


def as_impact(row: ToldImpact) -> Impact:
    return Impact(
        frozenset(Effect(*effect) for effect in row.effects),
        frozenset(
            Passage(text, frozenset(systems), frozenset(services)) for text, systems, services in row.passages
        ),
    )


def as_row(impact: Impact, riding: Iterable[str]) -> dict[str, Any]:
    """The fields of a row, in one order always."""
    return {
        "effects": sorted(map(list, impact.effects)),
        "passages": sorted(
            [each.text, sorted(each.systems), sorted(each.services)] for each in impact.passages
        ),
        "riding": sorted(riding),
    }


def is_undecided(window: Window, riding: Collection[str]) -> bool:
    """Whether one of these changes (references) still asks for the window, but lies before the board again. One
    query."""
    waiting = Change.objects.filter(window=window, state__in=UNDECIDED)
    return any(change.reference in riding for change in waiting)


def concerns(window: Window, impacts: Iterable[Impact]) -> dict[int, Concern]:
    """What each contact of a client that this window's ledger names uses of all this. Three queries."""
    impacts = list(impacts)
    of_client = using(impacts)
    contacts = Delivery.objects.filter(window=window, client__isnull=False).order_by()
    return {
        contact: Concern(*of_client.get(client, Concern()))
        for contact, client in contacts.values_list("contact_id", "client_id").distinct()
    }


def using(impacts: Iterable[Impact]) -> dict[int, Concern]:
    """By client: which of the systems and services of all this it uses. Two queries."""
    systems, services = set[int](), set[int]()
    for impact in impacts:
        systems |= {effect.system for effect in impact.effects if effect.system is not None}
        services |= {effect.service for effect in impact.effects}
        for passage in impact.passages:
            systems |= passage.systems
            services |= passage.services
    found = uses.using(systems, services)
    return {client: Concern(each.systems, each.services) for client, each in found.items()}


def as_services(impacts: Mapping[int, Impact]) -> dict[int, tuple[ServiceTouched, ...]]:
    """By revision, the services as its notices say them, in their order. One query; none without a service."""
    effects = {
        number: {effect.service: effect for effect in impact.effects if effect.service != OWN_SYSTEM}
        for number, impact in impacts.items()
    }
    asked = set[int]().union(*effects.values())
    services = list(Service.objects.filter(pk__in=asked)) if asked else []
    return {
        number: tuple(_touched(each, of_revision[each.pk]) for each in services if each.pk in of_revision)
        for number, of_revision in effects.items()
    }


def _touched(service: Service, effect: Effect) -> ServiceTouched:
    return ServiceTouched(
        service.name,
        str(Word(effect.word).label).lower(),
        effect.seconds,
        effect.word,
        id=service.pk,
        system=effect.system,
        meanwhile=effect.meanwhile,
        can_be_read=effect.can_be_read,
    )
