"""In changeboard: the notice waits on the pages of the group's members until one of them has read it."""

import hashlib
from datetime import datetime

from notifications.channels.short import subject_and_text
from notifications.channels.ways import Ready, Way
from notifications.domain.backoff import Answer, Kind
from notifications.models import Delivery


class InApp(Way):
    """Nothing leaves the house: the notice is *offered*, and a member says that it was read (actions/reading.py)."""

    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        subject, text = subject_and_text(delivery, at=at)
        return Ready(subject, hashlib.sha256(f"{subject}\0{text}".encode()).hexdigest(), text)

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        if delivery.contact.group is None:
            return Answer(Kind.PERMANENT, 0, "nobody of a client signs in to changeboard")
        return Answer(Kind.OFFERED, 0, f"waits in changeboard for {delivery.contact.group}")
