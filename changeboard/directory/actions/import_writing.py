"""Writing the plan of an import in bulk: a handful of queries for any number of clients."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from changeboard.directory.actions.clients import free_slug
from changeboard.directory.domain.import_plan import ClientPlan, ContactPlan, Kind, Plan
from changeboard.directory.models import Client, Contact, Service, System
from changeboard.directory.models.contact import TROUBLE
from changeboard.directory.queries.importing import CLIENT_FIELDS, CONTACT_FIELDS, shown
from changeboard.history.record import record_all
from changeboard.people.models import Person

BATCH = 1000
Written = list[tuple[ClientPlan, Client]]


def write(plan: Plan, *, file: str, by: Person, at: datetime) -> None:
    """Write what is new and changed, with one line of history a client. Inside the caller's transaction."""
    written = [*_add(plan.of(Kind.NEW)), *_change(plan.of(Kind.CHANGED))]
    _use(
        written,
        Client.systems.through,
        "systems",
        "system_id",
        dict(System.objects.values_list("code", "pk")),
    )
    _use(
        written,
        Client.services.through,
        "services",
        "service_id",
        dict(Service.objects.values_list("name", "pk")),
    )
    _contacts(written)
    record_all((_line(each, client, file) for each, client in written), by=by, at=at)


def _add(plans: list[ClientPlan]) -> Written:
    taken = set(Client.objects.values_list("slug", flat=True))
    taken |= {str(plan.values["slug"]) for plan in plans if "slug" in plan.values}
    rows = []
    for plan in plans:
        fields = _fields(plan.values, CLIENT_FIELDS)
        fields.setdefault("slug", free_slug(plan.name, taken))
        taken.add(fields["slug"])
        rows.append(Client(version=1, **fields))
    return list(zip(plans, Client.objects.bulk_create(rows, batch_size=BATCH), strict=True))


def _change(plans: list[ClientPlan]) -> Written:
    """Also a client whose contacts alone change gets a new version: who edits it meanwhile is told."""
    rows = Client.objects.in_bulk([plan.known.pk for plan in plans if plan.known])
    written = [(plan, rows[plan.known.pk]) for plan in plans if plan.known]
    for plan, row in written:
        row.version += 1
        for name in _fields(plan.changes, CLIENT_FIELDS):
            setattr(row, name, plan.changes[name][1])
    Client.objects.bulk_update(rows.values(), [*CLIENT_FIELDS, "version"], batch_size=200)
    return written


def _fields(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _use(written: Written, through: type[models.Model], field: str, column: str, ids: dict[str, int]) -> None:
    """Set the systems or services of those clients for which the file says another list."""
    differing = [
        (client.pk, plan.values[field])
        for plan, client in written
        if field in plan.values and (plan.known is None or field in plan.changes)
    ]
    rows = through._default_manager
    rows.filter(client_id__in=[client for client, _ in differing]).delete()
    rows.bulk_create(
        [
            through(client_id=client, **{column: ids[name]})
            for client, names in differing
            for name in names  # type: ignore[union-attr]
        ],
        batch_size=BATCH,
    )


def _contacts(written: Written) -> None:
    touched = [(client, contact) for plan, client in written for contact in plan.touched_contacts]
    Contact.objects.bulk_create(
        [
            Contact(client=client, **_fields(contact.values, CONTACT_FIELDS))
            for client, contact in touched
            if contact.kind is Kind.NEW
        ],
        batch_size=BATCH,
    )
    changes = {contact.pk: contact for _, contact in touched if contact.pk is not None}
    rows = Contact.objects.in_bulk(list(changes))
    for pk, row in rows.items():
        _rewrite(row, changes[pk])
    fields = [*CONTACT_FIELDS, "confirmed_at", *TROUBLE]
    Contact.objects.bulk_update(rows.values(), fields, batch_size=200)


def _rewrite(row: Contact, contact: ContactPlan) -> None:
    """A changed address is unconfirmed again and its bounce is forgotten, as on the contact's own page."""
    for name, (_, value) in contact.changes.items():
        setattr(row, name, value)
    if "address" in contact.changes:
        row.confirmed_at = None
        row.forget_trouble()


def _line(plan: ClientPlan, client: Client, file: str) -> tuple[str, models.Model, dict[str, object]]:
    """The client's line of history: every field from and to, its contacts' too."""
    act = "client.added_by_import" if plan.kind is Kind.NEW else "client.edited_by_import"
    changes: dict[str, object] = {name: [*map(_said, pair)] for name, pair in plan.changes.items()}
    for contact in plan.touched_contacts:
        if contact.kind is Kind.NEW:
            address = shown(contact, "address", contact.values.get("address", ""))
            changes[f"contact {contact.name}"] = ["", _said(address)]
        for name, pair in contact.changes.items():
            changes[f"{contact.name}: {name}"] = [_said(shown(contact, name, value)) for value in pair]
    return act, client, {"file": file, "changes": changes}


def _said(value: object) -> object:
    return ", ".join(value) if isinstance(value, tuple) else value
