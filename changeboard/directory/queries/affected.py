"""Who is affected: the clients that use a system or a service that is touched (PRODUCT.md section 6).

Derived, never subscribed: nobody can be forgotten.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet

from changeboard.directory.models import Client, Service, System
from changeboard.history import kept


def affected_clients(systems: Collection[int], services: Collection[int] = ()) -> QuerySet[Client]:
    """Active clients that use any of these systems or services (ids), by name, each once. One query.

    A client that uses a system uses its services; a service touched beside its system reaches those
    who use the service alone.
    """
    by_system = Q(pk__in=Client.systems.through.objects.filter(system_id__in=systems).values("client_id"))
    if not services:
        return Client.objects.active().filter(by_system)
    by_service = Q(pk__in=Client.services.through.objects.filter(service_id__in=services).values("client_id"))
    provided_by = System.objects.filter(services__in=Service.objects.filter(pk__in=services)).values("pk")
    through_system = Q(
        pk__in=Client.systems.through.objects.filter(system_id__in=provided_by).values("client_id")
    )
    return Client.objects.active().filter(by_system | by_service | through_system)


def uses(client: Client) -> Q:
    """Which services reach this client: those it uses, and those of its systems."""
    systems = Client.systems.through.objects.filter(client=client).values("system_id")
    return Q(pk__in=Client.services.through.objects.filter(client=client).values("service_id")) | Q(
        system__in=systems
    )


def how_many(systems: Collection[int], services: Collection[int] = (), *, now: datetime) -> int:
    """How many clients that is; counted anew when something has happened."""
    count = partial(_count, frozenset(systems), frozenset(services))
    return kept.counted(("affected", count.args), count, since=kept.newest, now=now)


def _count(systems: Collection[int], services: Collection[int]) -> int:
    return affected_clients(systems, services).order_by().count()
