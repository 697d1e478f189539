"""What every channel is: it prepares what one reader gets, and sends it. A folder each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from notifications.domain.backoff import Answer
from notifications.models import Delivery


@dataclass(frozen=True)
class Ready:
    """A rendered notice: what the ledger notes of it, and the thing itself for the channel's own use."""

    subject: str
    digest: str
    thing: Any


class Way(Protocol):
    """One channel for the length of a batch; it may keep a connection and what it read."""

    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        """Render it. The delivery's Message-ID and Date are set already; nothing leaves the house."""

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        """Send it and answer what the other side said. Never raises for what the other side does."""

    def close(self) -> None:
        """Let go of connections."""
