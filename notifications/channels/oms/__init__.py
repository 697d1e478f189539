"""The client's order system: offered at the point of service, and pushed where it has a webhook."""

import hashlib
from datetime import datetime

from notifications.channels import signed_post
from notifications.channels.ways import Ready, Way
from notifications.domain.backoff import Answer, Kind
from notifications.models import Delivery
from notifications.queries import point_of_service


class Oms(Way):
    """Without a webhook the notice is *offered*: the answer says it, and it waits to be reported shown."""

    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        if delivery.client is None:
            return Ready(delivery.get_milestone_display(), "", b"")
        answer = point_of_service.answer(delivery.client, now=at)
        content = signed_post.body(answer.as_json())
        return Ready(answer.headline[:250], hashlib.sha256(content).hexdigest(), content)

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        client = delivery.client
        if client is None or not client.oms_webhook_url:
            return Answer(Kind.OFFERED, 0, "offered at the point of service")
        return signed_post.post(
            client.oms_webhook_url, client.oms_webhook_secret, ready.thing, delivery.message_id, at=at
        )
