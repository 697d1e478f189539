"""In changeboard: the notice stands on the reader's page as soon as it is due; nothing leaves the house."""

from datetime import datetime

from notifications.channels.ways import Ready, Way
from notifications.domain.backoff import Answer, Kind
from notifications.models import Delivery


class InApp(Way):
    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        return Ready(str(delivery.notice), "", None)

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        return Answer(Kind.ACCEPTED, 200, "shown in changeboard")
