"""Clients, their no-go dates and the key of their order management system."""

import secrets
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from changeboard.directory.models import Client, NoGoDate
from changeboard.history.record import record
from changeboard.people.models import Person, digest
from changeboard.refusal import refuse

EDITED = ("name", "time_zone", "locale", "contract_lead_days", "meanwhile", "oms_webhook_url", "active")


@transaction.atomic
def write_client(
    client: Client,
    *,
    version: int,
    systems: list[int],
    services: list[int],
    by: Person,
    at: datetime,
    **typed: Any,
) -> Client:
    """Write what was typed about a new or known client. Refused for a name that another one has.

    `version` is that of the page the person saw: whoever saved in between is not overwritten.
    """
    if Client.objects.exclude(pk=client.pk).filter(name__iexact=typed["name"]).exists():
        raise refuse("client.name_taken", at_field="name", name=typed["name"])
    client.version = version
    client.slug = client.slug or _free_slug(typed["name"])
    for name in EDITED:
        setattr(client, name, typed[name])
    return save_client(client, systems=systems, services=services, by=by, at=at)


def _free_slug(name: str) -> str:
    """A slug for the address of a new client; a second one of the same gets a number."""
    wanted = slugify(name)[:100] or "client"
    taken = set(Client.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def save_client(
    client: Client, *, systems: list[int], services: list[int], by: Person, at: datetime
) -> Client:
    """Write a new or edited client with what it uses. Refused when someone else saved it meanwhile."""
    known = Client.objects.select_for_update().filter(pk=client.pk).first()
    if known is not None and known.version != client.version:
        raise refuse("client.edited_meanwhile")
    client.version += 1
    client.save()
    client.systems.set(systems)
    client.services.set(services)
    record(
        "client.edited" if known else "client.added", client, by=by, at=at, changes=differences(known, client)
    )
    return client


def differences(before: Client | None, after: Client) -> dict[str, list[object]]:
    """Field by field, from and to, of what a person edits; nothing secret."""
    if before is None:
        return {}
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in EDITED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@transaction.atomic
def rotate_oms_key(client: Client, *, by: Person | None, at: datetime) -> str:
    """Give the client a new OMS key and return it: shown this once, stored hashed. The old one ends now."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    key = "oms_" + secrets.token_urlsafe(32)
    client.oms_key_digest, client.oms_key_prefix, client.oms_key_made_at = digest(key), key[:11], at
    if not client.oms_webhook_secret:
        client.oms_webhook_secret = secrets.token_urlsafe(32)
    client.save(update_fields=["oms_key_digest", "oms_key_prefix", "oms_key_made_at", "oms_webhook_secret"])
    record("client.oms_key_rotated", client, by=by, at=at, prefix=client.oms_key_prefix)
    return key


@transaction.atomic
def add_no_go_date(client: Client, *, on: date, reason: str, by: Person, at: datetime) -> NoGoDate:
    """Note a day on which this client must not be hit. The same day again only changes the reason."""
    no_go, _ = NoGoDate.objects.update_or_create(client=client, on=on, defaults={"reason": reason})
    record("client.no_go_added", client, by=by, at=at, on=on, reason=reason)
    return no_go


@transaction.atomic
def remove_no_go_date(no_go: NoGoDate, *, by: Person, at: datetime) -> None:
    """The client may be hit on this day again."""
    record("client.no_go_removed", no_go.client, by=by, at=at, on=no_go.on, reason=no_go.reason)
    no_go.delete()
