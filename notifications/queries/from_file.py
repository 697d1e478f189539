"""Clients and contacts as a file would make them, as readers of notices."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from changeboard.directory.domain.import_plan import ClientPlan
from changeboard.directory.models import Channel, Client, Service, System
from notifications.queries.readership import Addressee, Dependent, Readership


def readership(plans: Mapping[int, ClientPlan], providers: Mapping[int, int]) -> Readership:
    """The clients of these plans by their numbers, and their contacts; who would be told nothing is not among
    them. New contacts have numbers below 0. Two queries."""
    systems = {code: pk for pk, code in System.objects.values_list("pk", "code")}
    services = {name: pk for pk, name in Service.objects.values_list("pk", "name")}
    clients, contacts, below = {}, [], count(-1, -1)
    for number, plan in plans.items():
        fields: dict[str, Any] = {**(plan.known.fields if plan.known else {}), **plan.values}
        if not fields.get("active", True):
            continue
        clients[number] = Dependent(
            str(fields.get("time_zone") or Client().time_zone),
            fields.get("contract_lead_days"),
            frozenset(systems[each] for each in fields.get("systems") or ()),
            frozenset(services[each] for each in fields.get("services") or ()),
        )
        contacts += [
            _addressee(pk or next(below), number, each)
            for pk, each in _contacts(plan)
            if each.get("active", True)
        ]
    return Readership(clients, tuple(sorted(contacts, key=lambda each: each.id)), providers)


def _contacts(plan: ClientPlan) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Each with its fields afterwards; the new ones without a number."""
    touched = {contact.pk: contact.values for contact in plan.contacts}
    for each in plan.known.contacts if plan.known else ():
        yield each.pk, {**each.fields, **touched.get(each.pk, {})}
    for contact in plan.contacts:
        if contact.pk is None:
            yield None, dict(contact.values)


def _addressee(number: int, client: int, fields: Mapping[str, Any]) -> Addressee:
    return Addressee(
        number,
        client,
        str(fields.get("time_zone") or ""),
        str(fields.get("channel") or Channel.EMAIL.value),
        bool(fields.get("is_person", True)),
        bool(fields.get("wants_point_of_service", False)),
    )
