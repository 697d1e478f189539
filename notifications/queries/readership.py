"""Everybody who may be told, read once: for many windows, and for what a client's change would mean.

Who is affected is the rule of directory/queries/affected.py; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from changeboard.directory.models import Client, Contact, Service
from notifications.domain.milestones import Audience
from notifications.domain.picture import Reader


@dataclass(frozen=True)
class Dependent:
    """A client, as far as notices go. Systems and services by their ids."""

    zone: str
    contract_days: int | None = None
    systems: frozenset[int] = frozenset()
    services: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Addressee:
    """A contact, as far as notices go. No client: it is the house's own. No zone: the client's, or ours."""

    id: int
    client: int | None
    zone: str
    channel: str
    is_person: bool
    wants_point_of_service: bool

    @classmethod
    def of(cls, contact: Contact) -> "Addressee":
        return cls(
            contact.pk, contact.client_id, contact.time_zone, contact.channel, contact.is_person,
            contact.wants_point_of_service,
        )  # fmt: skip


@dataclass(frozen=True)
class Readership:
    """Active clients by id, active contacts, and which system provides which service."""

    clients: Mapping[int, Dependent]
    contacts: tuple[Addressee, ...]
    providers: Mapping[int, int]
    _known: dict[frozenset[int], list[Reader]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def client_of(self) -> dict[int, int]:
        """By contact; the house's own are not in it."""
        return {each.id: each.client for each in self.contacts if each.client is not None}

    def readers(self, system: int, systems: Collection[int], services: Collection[int]) -> list[Reader]:
        """Everybody whom a window of `system` concerns whose changes touch these systems and services."""
        affected = self.affected(system, systems, services)
        if affected not in self._known:
            asked = [each for each in self.contacts if each.client is None or each.client in affected]
            self._known[affected] = [self._reader(each) for each in asked]
        return self._known[affected]

    def affected(self, system: int, systems: Collection[int], services: Collection[int]) -> frozenset[int]:
        """The clients among them."""
        through = {self.providers[each] for each in services if each in self.providers}
        wanted, used = {system, *systems, *through}, set(services)
        return frozenset(
            pk
            for pk, client in self.clients.items()
            if not client.systems.isdisjoint(wanted) or not client.services.isdisjoint(used)
        )

    def _reader(self, contact: Addressee) -> Reader:
        zone, channel, wants = contact.zone, contact.channel, contact.wants_point_of_service
        if contact.client is None:
            # A shared mailbox of a group hears of every window; persons are the wider circle.
            audience = Audience.WIDER_CIRCLE if contact.is_person else Audience.INTERNAL
            platform = str(settings.PLATFORM_TIME_ZONE)
            return Reader(contact.id, audience, zone or platform, channel, None, wants)
        client = self.clients[contact.client]
        return Reader(contact.id, Audience.CLIENTS, zone or client.zone, channel, client.contract_days, wants)


def readership() -> Readership:
    """Five queries, however many they are."""
    systems = _by_client(Client.systems.through.objects.values_list("client_id", "system_id"))
    services = _by_client(Client.services.through.objects.values_list("client_id", "service_id"))
    clients = {
        pk: Dependent(zone, days, frozenset(systems[pk]), frozenset(services[pk]))
        for pk, zone, days in Client.objects.active().values_list("pk", "time_zone", "contract_lead_days")
    }
    providers = Service.objects.exclude(system=None).values_list("pk", "system_id")
    fields = (
        Contact.objects.active()
        .order_by("pk")
        .values_list("pk", "client_id", "time_zone", "channel", "is_person", "wants_point_of_service")
    )
    return Readership(
        clients,
        tuple(Addressee(*row) for row in fields),
        {service: system for service, system in providers if system is not None},
    )


def _by_client(pairs: Iterable[tuple[int, int]]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for client, used in pairs:
        found[client].add(used)
    return found
