"""What an uploaded file would do: the file against the directory as it stands now. Seven queries."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from zoneinfo import available_timezones

from changeboard.directory.domain import csv_file, import_plan, lines
from changeboard.directory.domain.columns import CLIENT, CONTACT
from changeboard.directory.domain.import_plan import ContactPlan, KnownClient, KnownContact, Plan
from changeboard.directory.domain.lines import Line, Value, Vocabulary, Words
from changeboard.directory.labels import LOCALES
from changeboard.directory.models import (
    Channel,
    Client,
    ClientImport,
    Contact,
    ContactRole,
    Language,
    Service,
    System,
)
from changeboard.directory.models.contact import why_unreachable

CLIENT_FIELDS = tuple(each.field for each in CLIENT if each.field not in ("systems", "services"))
CONTACT_FIELDS = tuple(each.field for each in CONTACT)
TABLES = {
    "locale": LOCALES,
    "role": ContactRole.choices,
    "channel": Channel.choices,
    "language": Language.choices,
}


# The same bytes are the same sheet: a preview of several pages reads them once.
@lru_cache(maxsize=2)
def sheet(data: bytes) -> csv_file.Sheet:
    return csv_file.read(data)


def plan(upload: ClientImport) -> Plan:
    """What applying it now would do."""
    return plan_of(sheet(bytes(upload.data)))


def plan_of(read: csv_file.Sheet) -> Plan:
    there = clients()
    masks = _masks(there)
    known = vocabulary(masks)
    return import_plan.plan([_meant(line, masks) for line in lines.lines(read, known)], there, known)


def _masks(known: Iterable[KnownClient]) -> dict[str, str]:
    """What a file of ours says in place of a chat's address → that address."""
    chats = (each.fields for client in known for each in client.contacts)
    return {
        shown_address(Channel.CHAT, each["address"]): str(each["address"])
        for each in chats
        if each["channel"] == Channel.CHAT
    }


def _meant(line: Line, masks: Mapping[str, str]) -> Line:
    address = str(line.contact.get("address", ""))
    return replace(line, contact={**line.contact, "address": masks[address]}) if address in masks else line


def shown_address(channel: str, address: object) -> str:
    """A contact's address as files, previews and histories show it."""
    return Contact(channel=channel, address=str(address)).shown_address


def shown(contact: ContactPlan, name: str, value: Value) -> Value:
    """A value of a contact in a plan as people may read it."""
    return shown_address(contact.channel, value) if name == "address" else value


@lru_cache(maxsize=1)
def zones() -> Words:
    return Words((name, name) for name in sorted(available_timezones()))


def vocabulary(masks: Container[str] = ()) -> Vocabulary:
    """What the columns take; `masks` stand for addresses that are known. Two queries."""
    systems = System.objects.values_list("code", "name")
    services = Service.objects.values_list("slug", "name")
    return Vocabulary(
        zones=zones(),
        systems=Words((written, code) for code, name in systems for written in (name, code)),
        services=Words((written, name) for slug, name in services for written in (slug, name)),
        one_of={
            key: Words((written, value) for value, label in choices for written in (str(label), value))
            for key, choices in TABLES.items()
        },
        unreachable=lambda channel, address: (
            [] if channel == Channel.CHAT and address in masks else why_unreachable(channel, address)
        ),
    )


def clients() -> list[KnownClient]:
    """Every client with what it uses and its contacts. Four queries."""
    systems = _used(Client.systems.through.objects.values_list("client_id", "system__code"))
    services = _used(Client.services.through.objects.values_list("client_id", "service__name"))
    contacts: dict[int, list[KnownContact]] = defaultdict(list)
    told = Contact.objects.exclude(client=None).order_by("client_id", "name", "pk")
    for row in told.values("pk", "client_id", *CONTACT_FIELDS):
        contacts[row["client_id"]].append(
            KnownContact(row["pk"], {name: row[name] for name in CONTACT_FIELDS})
        )
    return [
        KnownClient(
            row["pk"],
            {name: row[name] for name in CLIENT_FIELDS}
            | {"systems": systems[row["pk"]], "services": services[row["pk"]]},
            contacts[row["pk"]],
            signs=bool(row["oms_webhook_secret"]),
        )
        for row in Client.objects.order_by("name").values("pk", "oms_webhook_secret", *CLIENT_FIELDS)
    ]


def _used(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for client, name in pairs:
        found[client].append(name)
    return defaultdict(tuple, {client: tuple(sorted(names)) for client, names in found.items()})
