"""What was told: line by line to one client, of one window as a file, and to how many of each window."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet

from changeboard import clock
from changeboard.directory.models import Client
from changeboard.sheet_cells import neutral
from maintenance.contributions import Told
from maintenance.models import Window
from notifications.domain.lifecycle import State
from notifications.models import Delivery

MOST = 50
HEADS = (
    "window", "revision", "audience", "milestone", "client", "contact", "channel", "state", "due_at",
    "accepted_at", "tries", "server_answer", "message_id", "reason", "address", "subject", "dated_at", "uncertain",
    "folded_into", "seen_at", "acknowledged_at", "acknowledged_by", "held_at", "held_by", "settled_at", "settled_by",
)  # fmt: skip


def told(client: Client) -> list[Delivery]:
    """The newest fifty deliveries to this client, superseded ones left out. One query."""
    return list(to_client(client)[:MOST])


def told_by_window(windows: Sequence[Window]) -> dict[int, Told]:
    """To how many clients and contacts something was told of each window, internal ones among the contacts:
    a move or cancellation goes to them and to nobody else. One query."""
    rows = Delivery.objects.told().filter(window__in=[window.pk for window in windows]).order_by()
    counted = rows.values_list("window").annotate(
        clients=Count("client", distinct=True), contacts=Count("contact", distinct=True)
    )
    return {pk: Told(clients, contacts) for pk, clients, contacts in counted}


def to_client(
    client: Client, *, window: str = "", first: date | None = None, last: date | None = None
) -> QuerySet[Delivery]:
    """What was planned for and told to this client, the newest first; of one window (a part of its reference),
    and due between two days of the client's own calendar, both included. Superseded ones are left out."""
    rows = Delivery.objects.filter(client=client).exclude(state=State.SUPERSEDED.value).for_pages()
    if window:
        rows = rows.filter(window__reference__icontains=window)
    if first:
        rows = rows.filter(due_at__gte=clock.at_wall(first, time.min, client.time_zone))
    if last:
        rows = rows.filter(due_at__lt=clock.at_wall(last + timedelta(days=1), time.min, client.time_zone))
    return rows.order_by("-due_at", "-pk")


def ledger(window: Window) -> Iterator[tuple[str, ...]]:
    """Every row of the window's ledger, of every revision, as text; instants in UTC. One query."""
    return lines(Delivery.objects.filter(window=window).for_pages().order_by("due_at", "pk"))


def lines(rows: QuerySet[Delivery]) -> Iterator[tuple[str, ...]]:
    """Deliveries as a file has them, under HEADS. One query."""
    for row in rows.iterator():
        yield tuple(
            _plain(value)
            for value in (
                row.window.reference, row.revision, row.notice.audience, row.milestone, row.client or "",
                row.contact.name, row.channel, row.state, row.due_at, row.accepted_at, row.tries,
                row.server_answer, row.message_id, row.reason, row.address, row.subject, row.dated_at,
                "yes" if row.uncertain else "", row.folded_into, row.seen_at, row.acknowledged_at,
                row.acknowledged_by, row.held_at, row.held_by, row.settled_at, row.settled_by,
            )
        )  # fmt: skip


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return neutral("" if value is None else str(value))
