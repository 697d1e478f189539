"""Loading volumes: a file is checked, which writes no volume, and then loaded as a whole or not at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction

from changeboard.directory.models import Client, System
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal, refuse
from maintenance.domain import volume_file
from maintenance.domain.volume import Week
from maintenance.domain.volume_file import Key
from maintenance.models import Volume, VolumeFile
from maintenance.queries.volumes import reading


class Upload(Protocol):
    """A file as it arrives: Django's uploaded files are such."""

    name: str

    def read(self) -> bytes: ...


def check_upload(*, file: Upload, by: Person, at: datetime) -> VolumeFile:
    """The same of a file as it arrives."""
    return check(file.read(), name=file.name, by=by, at=at)


@transaction.atomic
def check(data: bytes, *, name: str, by: Person, at: datetime) -> VolumeFile:
    """Keep a file to be looked at and loaded, good or bad. Files that nobody loaded within a week go."""
    if not data.strip():
        raise refuse("volume.file_is_empty", at_field="file")
    VolumeFile.objects.left_unloaded(now=at).delete()
    text = volume_file.decoded(data).replace("\x00", "")
    return VolumeFile.objects.create(
        name=name[-200:] or "volumes.csv", text=text, checked_by=by, checked_at=at
    )


@transaction.atomic
def load(file: VolumeFile, *, by: Person, at: datetime) -> VolumeFile:
    """Put the file's tables in place of the former ones of the same clients and systems; others stay.

    Refused with every bad line: nothing is loaded then. A second time nothing happens.
    """
    file = VolumeFile.objects.locked(file.pk)
    if file.loaded_at is not None:
        return file
    found = reading(file)
    if not found.is_good:
        raise Refusal([line.reason for line in found.bad] or refuse("volume.file_is_empty").reasons)
    former = _replace(file, found.tables)
    file.loaded_by, file.loaded_at = by, at
    file.save(update_fields=["loaded_by", "loaded_at"])
    total = sum(week.total for week in found.tables.values()) // 100
    record(
        "volume.loaded",
        file,
        by=by,
        at=at,
        name=file.name,
        tables=len(found.tables),
        orders=total,
        former=former,
    )
    return file


def _replace(file: VolumeFile, tables: Mapping[Key, Week]) -> int:
    """Write the tables; answers how many orders a week the former ones had. Two at once: the later stays."""
    systems = {system.code: system.pk for system in System.objects.all()}
    clients = dict(Client.objects.filter(slug__in={client for _, client in tables}).values_list("slug", "pk"))
    keys = {(systems.get(system), clients.get(client)): week for (system, client), week in tables.items()}
    with connection.cursor() as cursor:
        # One load at a time: rows that are not there yet cannot be locked. Readers go on.
        cursor.execute("LOCK TABLE maintenance_volume IN SHARE ROW EXCLUSIVE MODE")
    former = [row for row in Volume.objects.all() if (row.system_id, row.client_id) in keys]
    Volume.objects.filter(pk__in=[row.pk for row in former]).delete()
    Volume.objects.bulk_create(
        [
            Volume(system_id=system, client_id=client, hours=week.packed(), file=file)
            for (system, client), week in keys.items()
        ],
        batch_size=500,
    )
    return sum(row.week.total for row in former) // 100


@transaction.atomic
def remove(volume: Volume, *, by: Person, at: datetime) -> None:
    """Forget one table: a client whose figures are old counts with its share of the platform's again."""
    held = Volume.objects.select_for_update().filter(pk=volume.pk).order_by("pk").first()
    if held is not None:
        record("volume.removed", held, by=by, at=at, volume=str(held), orders=held.week.total // 100)
        held.delete()
