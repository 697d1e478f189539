"""What a client uses, and what of a window's changes therefore concerns it: nobody is told of anything else."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from changeboard.directory.models import Client
from changes.models import Impact
from notifications.queries.touched import Riding, ServiceTouched


@dataclass(frozen=True)
class Uses:
    """Ids of the systems and services that a client uses. Whoever uses a system uses its services."""

    systems: frozenset[int] = frozenset()
    services: frozenset[int] = frozenset()

    def uses(self, service: ServiceTouched) -> bool:
        return service.id in self.services or service.system in self.systems

    def of(self, riding: Iterable[Riding]) -> tuple[Riding, ...]:
        """The changes that concern the client, each with those of its services that the client uses."""
        return tuple(
            replace(change, services=tuple(each for each in change.services if self.uses(each)))
            for change in riding
            if not change.touches_systems.isdisjoint(self.systems)
            or not change.touches_services.isdisjoint(self.services)
        )


def using(of_these_systems: Collection[int], of_these_services: Collection[int]) -> dict[int, Uses]:
    """What clients use of these systems and services (ids), by client. Two queries."""
    systems: dict[int, set[int]] = defaultdict(set)
    services: dict[int, set[int]] = defaultdict(set)
    of_systems = Client.systems.through.objects.filter(system__in=of_these_systems)
    of_services = Client.services.through.objects.filter(service__in=of_these_services)
    for client, system in of_systems.values_list("client_id", "system_id"):
        systems[client].add(system)
    for client, service in of_services.values_list("client_id", "service_id"):
        services[client].add(service)
    return {
        client: Uses(frozenset(systems[client]), frozenset(services[client]))
        for client in {*systems, *services}
    }


def by_service(riding: Iterable[Riding]) -> tuple[ServiceTouched, ...]:
    """Each service once: under two changes the gravest word, and both lengths, for they come one after the other."""
    found: dict[int, ServiceTouched] = {}
    for each in (service for change in riding for service in change.services):
        found[each.id] = _both(found[each.id], each) if each.id in found else each
    return tuple(found.values())


def _both(one: ServiceTouched, other: ServiceTouched) -> ServiceTouched:
    worse = max(one, other, key=lambda each: Impact.values.index(each.code))
    # "no" sorts before "yes": where one of them says that nothing can be read, nothing can.
    can_be_read = min(filter(None, [one.can_be_read, other.can_be_read]), default="")
    meanwhile = " ".join(dict.fromkeys(filter(None, [one.meanwhile, other.meanwhile])))
    return replace(worse, seconds=one.seconds + other.seconds, meanwhile=meanwhile, can_be_read=can_be_read)
