"""What every channel is: it prepares what one reader gets, and sends it. A folder each."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications.domain.backoff import Answer
from notifications.models import Delivery


@dataclass(frozen=True)
class Ready:
    """A rendered notice: what the ledger notes of it, and the thing itself for the channel's own use."""

    subject: str
    digest: str
    thing: Any


class Way(ABC):
    """One channel for as long as a process sends; it may keep a connection, and what it read for a batch."""

    # Most ways have nothing to read beforehand.
    def expect(self, deliveries: Sequence[Delivery]) -> None:  # noqa: B027
        """A batch of these begins: read what they need together, forget what was read for the batch before."""

    @abstractmethod
    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        """Render it. The delivery's Message-ID and Date are set already; nothing leaves the house."""

    @abstractmethod
    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        """Send it and answer what the other side said. Never raises for what the other side does.

        Its body begins to leave within half a lease of the call, or not at all (domain/lease.py).
        """

    # Most ways keep nothing open.
    def close(self) -> None:  # noqa: B027
        """Let go of connections."""
