"""What was told, line by line: to one client, or of one window as a file."""

from collections.abc import Iterator
from datetime import datetime

from changeboard.directory.models import Client
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
