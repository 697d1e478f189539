"""What is known of the volume that a wish would hit."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F

from changeboard import words
from changeboard.directory.models import Client, System
from maintenance.domain import volume_file
from maintenance.domain.volume import Volumes, Week, added
from maintenance.domain.volume_file import Reading
from maintenance.models import Volume, VolumeFile


def volumes(clients: Collection[int], systems: Collection[int], *, weight: int) -> Volumes:
    """The volume of these clients (ids) when these systems are down. Three queries."""
    rows = Volume.objects.of_platform().order_by("system__position")
    tables = {row.system_id: row for row in rows.filter(system=None) | rows.filter(system__in=systems)}
    table = next((tables[pk] for pk in (*systems, None) if pk in tables), None)
    own = _own(clients, systems)
    every = Client.objects.active()
    counted = every.filter(systems=table.system_id) if table and table.system_id else every
    return Volumes(
        platform=table.week if table else None,
        zone=str(settings.PLATFORM_TIME_ZONE),
        own={zone: added(tables.values()) for zone, tables in own.items()},
        without=len(clients) - sum(map(len, own.values())),
        of=counted.count(),
        weight=weight,
    )


def _own(clients: Collection[int], systems: Collection[int]) -> dict[str, dict[int, bytes]]:
    """By zone and client the packed table of one of the systems, else the one of all. One query."""
    rows = Volume.objects.filter(client__in=clients).order_by(F("system_id").asc(nulls_first=True))
    found: dict[str, dict[int, bytes]] = {}
    chosen = rows.filter(system=None) | rows.filter(system__in=systems)
    for zone, client, hours in chosen.values_list("client__time_zone", "client_id", "hours"):
        # A system's own comes after the one of all, and takes its place.
        found.setdefault(zone, {})[client] = bytes(hours)
    return found


@dataclass(frozen=True)
class Loaded:
    """What the page of volumes lists: tables of the platform and its systems, of clients, and former files."""

    platform: list[Volume]
    clients: list[Volume]
    more: int
    files: list[VolumeFile]


SHOWN = 200


def loaded() -> Loaded:
    """Five queries at most, however many tables there are."""
    rows = Volume.objects.select_related("system", "client", "file", "file__loaded_by")
    of_clients = rows.of_clients()
    return Loaded(
        list(rows.of_platform().order_by("system__position")),
        list(of_clients[:SHOWN]),
        max(of_clients.count() - SHOWN, 0),
        list(VolumeFile.objects.loaded().defer("text")[:10]),
    )


def reading(file: VolumeFile) -> Reading:
    """What a file says, against the systems and clients of now. Two queries."""
    systems = {system.code.lower(): system.code for system in System.objects.all()}
    clients: dict[str, str] = {}
    for name, slug in Client.objects.active().values_list("name", "slug"):
        clients |= {name.lower(): slug, slug.lower(): slug}
    return volume_file.read(file.text, volume_file.Known(systems, clients))


@dataclass(frozen=True)
class CheckedTable:
    """One table of a file: of whom, orders a week now and before (None: there was none), its busiest hour."""

    name: str
    orders: int
    before: int | None
    busiest: str


@dataclass(frozen=True)
class Checked:
    """A file before it is loaded: its tables, and each bad line with what is wrong."""

    tables: list[CheckedTable]
    bad: list[tuple[int, str]]
    lines: int

    @property
    def is_good(self) -> bool:
        return bool(self.tables) and not self.bad


def checked(file: VolumeFile) -> Checked:
    """What loading would do. Four queries."""
    found = reading(file)
    keys = Volume.objects.values_list("system__code", "client__slug", "hours")
    before = {(system or "", client or ""): bytes(hours) for system, client, hours in keys}
    names = dict(Client.objects.values_list("slug", "name"))
    tables = [
        CheckedTable(
            " ".join(filter(None, (names.get(client, "Platform"), system))),
            week.total // 100,
            Week.unpacked(before[system, client]).total // 100 if (system, client) in before else None,
            volume_file.spoken(week.orders.index(max(week.orders))),
        )
        for (system, client), week in found.tables.items()
    ]
    return Checked(tables, [(line.number, words.sentence(line.reason)) for line in found.bad], found.lines)
