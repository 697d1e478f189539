"""A webhook: the notice as signed JSON, for a client's own ticket or paging system."""

import hashlib
from datetime import datetime

from notifications.channels import signed_post
from notifications.channels.email import press
from notifications.channels.ways import Ready, Way
from notifications.domain.backoff import Answer
from notifications.models import Delivery
from notifications.queries import letters


class Webhook(Way):
    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        told = letters.before([delivery])[delivery.pk].revision if delivery.is_retraction else None
        about = letters.facts(delivery.window)
        audience = delivery.notice.audience
        letter = letters.write(about, delivery.contact, delivery.milestone, audience, at=at, told=told)
        subject = press.subject(letter)
        content = signed_post.body(
            {
                "schema": "changeboard.notice/1",
                "window": delivery.window.reference,
                "sequence": delivery.revision,
                "milestone": delivery.milestone,
                "starts_at": delivery.window.starts_at.isoformat(),
                "ends_at": delivery.window.ends_at.isoformat(),
                "system": delivery.window.system.code,
                "subject": subject,
                "text": press.text(letter),
            }
        )
        return Ready(subject, hashlib.sha256(content).hexdigest(), content)

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        secret = delivery.client.oms_webhook_secret if delivery.client else ""
        return signed_post.post(delivery.contact.address, secret, ready.thing, delivery.message_id, at=at)
