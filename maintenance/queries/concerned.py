"""What concerns one client: which windows affect it, by its systems and by the services that riding changes touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from changeboard.directory.models import Client, NoGoDate, Service, System
from changeboard.directory.queries.affected import uses
from changeboard.history import kept
from maintenance.contributions import contributors
from maintenance.models import Window

MOST = 8
LONGEST = 120


@dataclass(frozen=True)
class Reach:
    """A client with what it depends on; `services` are names by id, those of its systems included."""

    client: Client
    systems: tuple[System, ...]
    services: dict[int, str]
    no_gos: tuple[NoGoDate, ...]

    def has_system(self, pk: int | None) -> bool:
        return any(system.pk == pk for system in self.systems)


def reach(client: Client, *, now: datetime) -> Reach:
    """What the client depends on, read anew when something has happened. At most four queries, mostly one."""
    return kept.counted(("reach", client.pk), partial(_reach, client), since=kept.newest, now=now)


def _reach(client: Client) -> Reach:
    services = Service.objects.filter(uses(client)).order_by().values_list("pk", "name")
    return Reach(client, tuple(client.systems.all()), dict(services), tuple(client.no_go_dates.all()))


def concerned(windows: Sequence[Window], reach: Reach) -> dict[int, str]:
    """The windows that affect the client, by id, with the services by which they do; empty: by its system.

    The same clients as `affected_clients` finds, asked the other way round. One question to each contributor.
    """
    answers = [each.services_by_window(windows) for each in contributors()]
    found = {}
    for window in windows:
        touched = {pk for answer in answers for pk in answer.get(window.pk, ())} & reach.services.keys()
        if reach.has_system(window.system_id):
            found[window.pk] = ""
        elif touched:
            found[window.pk] = ", ".join(sorted(reach.services[pk] for pk in touched))
    return found


def like(words: str) -> list[Client]:
    """Clients whose name holds the words, at most MOST. One query."""
    rows = Client.objects.active().filter(name__icontains=words[:LONGEST].strip())
    return list(rows.order_by("name")[:MOST])


def named(words: str) -> list[Client]:
    """The one client of this short name or name, else those whose name holds the words. At most three queries."""
    words = words[:LONGEST].strip()
    rows = Client.objects.order_by()
    return list(rows.filter(slug=words)) or list(rows.filter(name__iexact=words)) or like(words)
