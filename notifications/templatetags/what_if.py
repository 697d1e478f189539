"""`{% load what_if %}`: what a change that is being made on a lower floor would mean for notices."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import template

from changeboard.directory.models import Client, Contact
from maintenance.models import Cadence
from maintenance.queries.cadences import Consequences
from notifications.queries import what_if
from notifications.queries.readership import Addressee, Dependent

register = template.Library()
PANEL = "notices/panels/difference.html"


@register.inclusion_tag(PANEL)
def if_cadence(moves: Consequences, wanted: Cadence, now: datetime) -> dict[str, Any]:
    """If a cadence were `wanted`, and its windows moved like that. Some twenty queries."""
    return {"found": what_if.of_cadence(moves, wanted, now=now)}


@register.inclusion_tag(PANEL)
def if_client(client: Client, typed: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """If a client were what is typed in its form. Some twenty queries."""
    wanted = Dependent(
        typed["time_zone"],
        typed["contract_lead_days"],
        frozenset(typed["systems"]),
        frozenset(typed["services"]),
    )
    return {"found": what_if.of_client(client, wanted if typed["active"] else None, now=now)}


@register.inclusion_tag(PANEL)
def if_contact(contact: Contact, typed: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """If a client's contact, known or new, were what is typed in its form. Some twenty queries."""
    wanted = replace(
        Addressee.of(contact),
        id=contact.pk or 0,
        zone=typed["time_zone"],
        channel=typed["channel"],
        is_person=typed["is_person"],
        wants_point_of_service=typed["wants_point_of_service"],
    )
    return {"found": what_if.of_contact(contact, wanted, now=now)}


@register.inclusion_tag(PANEL)
def if_contact_retired(contact: Contact, now: datetime) -> dict[str, Any]:
    """If a client's contact were told nothing more. Some twenty queries."""
    title, name = "If this contact is told nothing more", "retired"
    return {"found": what_if.of_contact(contact, None, now=now), "title": title, "name": name}
