"""Which clients windows hit, for several windows at once, and what those clients' dates and contracts say.

The rule is that of who is affected (PRODUCT.md section 6), as sets rather than one query a window.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from changeboard.directory.models import Client, NoGoDate, Service
from maintenance.domain.conflicts import Reader


@dataclass(frozen=True)
class Reach:
    """What a window touches: ids of systems and services."""

    systems: frozenset[int]
    services: frozenset[int]


def clients_by_window(
    reaches: Mapping[int, Reach], among: Collection[int] | None = None
) -> dict[int, dict[int, str]]:
    """By window: ids and names of the active clients that it hits, all of them or those `among` these.

    Three queries, however many clients there are.
    """
    services = frozenset().union(*(reach.services for reach in reaches.values()))
    providers = dict(Service.objects.filter(pk__in=services).values_list("pk", "system")) if services else {}
    systems = {pk for reach in reaches.values() for pk in reach.systems} | set(providers.values()) - {None}
    by_system = _users(Client.systems.through.objects.filter(system_id__in=systems), "system_id", among)
    by_service = _users(Client.services.through.objects.filter(service_id__in=services), "service_id", among)
    found: dict[int, dict[int, str]] = {}
    for window, reach in reaches.items():
        used = [*reach.systems, *(providers[pk] for pk in reach.services if pk in providers)]
        users = [by_system[pk] for pk in used if pk in by_system]
        users += [by_service[pk] for pk in reach.services if pk in by_service]
        found[window] = {pk: name for each in users for pk, name in each.items()}
    return found


def _users(rows, what: str, among: Collection[int] | None) -> dict[int, dict[int, str]]:  # type: ignore[no-untyped-def]
    found: dict[int, dict[int, str]] = defaultdict(dict)
    active = rows.filter(client__active=True)
    kept = active if among is None else active.filter(client__in=among)
    for used, client, name in kept.values_list(what, "client_id", "client__name"):
        found[used][client] = name
    return found


def with_dates(days: Iterable[date], least_lead: int) -> dict[int, Reader]:
    """By id: the active clients that have a no-go date among `days`, or whose contract asks for more days of
    notice than `least_lead`. Two queries."""
    dates: dict[int, set[date]] = defaultdict(set)
    for client, on in NoGoDate.objects.filter(on__in=set(days)).values_list("client", "on"):
        dates[client].add(on)
    concerned = Q(pk__in=dates) | Q(contract_lead_days__gt=least_lead)
    rows = Client.objects.active().filter(concerned).order_by()
    return {
        pk: Reader(pk, name, zone, lead, frozenset(dates.get(pk, ())))
        for pk, name, zone, lead in rows.values_list("pk", "name", "time_zone", "contract_lead_days")
    }
