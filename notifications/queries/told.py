"""What was told: line by line to one client, of one window as a file, and to how many of each window."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Count

from changeboard.directory.models import Client
from maintenance.contributions import Told
from maintenance.models import Window
from notifications.domain.lifecycle import State
from notifications.models import Delivery

MOST = 50
HEADS = (
    "window", "revision", "audience", "milestone", "client", "contact", "channel", "state", "due_at",
    "accepted_at", "tries", "server_answer", "message_id", "reason",
)  # fmt: skip
# A cell that begins like a formula is shown as text by spreadsheets when an apostrophe stands before it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def told(client: Client) -> list[Delivery]:
    """The newest fifty deliveries to this client, superseded ones left out. One query."""
    rows = Delivery.objects.filter(client=client).exclude(state=State.SUPERSEDED.value)
    return list(rows.for_pages().order_by("-due_at", "-pk")[:MOST])


def told_by_window(windows: Sequence[Window]) -> dict[int, Told]:
    """To how many clients and contacts something was told of each window, internal ones among the contacts:
    a move or cancellation goes to them and to nobody else. One query."""
    rows = Delivery.objects.told().filter(window__in=[window.pk for window in windows]).order_by()
    counted = rows.values_list("window").annotate(
        clients=Count("client", distinct=True), contacts=Count("contact", distinct=True)
    )
    return {pk: Told(clients, contacts) for pk, clients, contacts in counted}


def ledger(window: Window) -> Iterator[tuple[str, ...]]:
    """Every row of the window's ledger, of every revision, as text; instants in UTC. One query."""
    rows = Delivery.objects.filter(window=window).for_pages()
    rows = rows.order_by("due_at", "pk")
    for row in rows.iterator():
        yield tuple(
            _plain(value)
            for value in (
                window.reference, row.revision, row.notice.audience, row.milestone, row.client or "",
                row.contact.name, row.channel, row.state, row.due_at, row.accepted_at, row.tries,
                row.server_answer, row.message_id, row.reason,
            )
        )  # fmt: skip


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
