"""Clients, and the secrets of their order management systems."""

import secrets
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from changeboard.directory.models import Client
from changeboard.history.record import record
from changeboard.people.models import Person, digest
from changeboard.refusal import refuse

EDITED = (
    "name", "time_zone", "locale", "contract_lead_days", "meanwhile_phone", "meanwhile_fax", "meanwhile_stat",
    "meanwhile_paper", "meanwhile", "oms_webhook_url", "active",
)  # fmt: skip


# Pages that stand where a client's does.
PAGES = frozenset({"new", "import", "export", "addresses"})


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
    return free_slug(name, set(Client.objects.values_list("slug", flat=True)))


def free_slug(name: str, taken: set[str]) -> str:
    """A slug made of the name that none of `taken` is, and no page of ours."""
    wanted = slugify(name)[:100] or "client"
    numbered = (f"{wanted}-{number}" for number in count(2))
    unfree = taken | PAGES
    return wanted if wanted not in unfree else next(slug for slug in numbered if slug not in unfree)


@transaction.atomic
def save_client(
    client: Client, *, systems: list[int], services: list[int], by: Person, at: datetime
) -> Client:
    """Write a new or edited client with what it uses. Refused when someone else saved it meanwhile."""
    known = Client.objects.select_for_update().filter(pk=client.pk).first()
    if known is not None and known.version != client.version:
        raise refuse("client.edited_meanwhile")
    used = _used(known)
    client.version += 1
    client.save()
    client.systems.set(systems)
    client.services.set(services)
    changes = differences(known, client) | (_otherwise(used, _used(client)) if known else {})
    record("client.edited" if known else "client.added", client, by=by, at=at, changes=changes)
    return client


def _used(client: Client | None) -> dict[str, list[str]]:
    """The systems and services that a client uses, by their names."""
    if client is None:
        return {}
    return {
        "systems": [system.code for system in client.systems.all()],
        "services": [service.name for service in client.services.all()],
    }


def _otherwise(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[object]]:
    """What is used now and was not, or was and is not: from and to, as a person reads them."""
    return {
        name: [", ".join(before[name]), ", ".join(after[name])]
        for name in after
        if before[name] != after[name]
    }


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
    client.save(update_fields=["oms_key_digest", "oms_key_prefix", "oms_key_made_at"])
    record("client.oms_key_rotated", client, by=by, at=at, prefix=client.oms_key_prefix)
    return key


@transaction.atomic
def rotate_webhook_secret(client: Client, *, by: Person | None, at: datetime) -> str:
    """Give the client a new secret that webhooks are signed with, and return it: shown this once."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    client.oms_webhook_secret, client.oms_webhook_secret_made_at = secrets.token_urlsafe(32), at
    client.save(update_fields=["oms_webhook_secret", "oms_webhook_secret_made_at"])
    record("client.webhook_secret_rotated", client, by=by, at=at)
    return client.oms_webhook_secret
