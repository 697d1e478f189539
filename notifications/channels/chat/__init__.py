"""Chat, SMS and the rest, through Apprise: the subject and a few lines, in the reader's own time."""

import hashlib
import logging
from datetime import datetime

from apprise import Apprise, NotifyFormat

from changeboard.directory.models import chat_address
from notifications.channels.chat import answers
from notifications.channels.short import subject_and_text
from notifications.channels.ways import Ready, Way
from notifications.domain.backoff import Answer, Kind
from notifications.models import Delivery

# Less than half a lease together with what comes before: after this nobody waits for the service.
SECONDS = 20.0


class Chat(Way):
    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        subject, text = subject_and_text(delivery, at=at)
        digest = hashlib.sha256(f"{subject}\0{text}".encode()).hexdigest()
        return Ready(subject, digest, text)

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        address = delivery.contact.address
        plugin = chat_address.opened(address)
        if plugin is None:
            return Answer(Kind.PERMANENT, 0, "the address is no Apprise address")
        service = str(plugin.service_name)
        if faults := chat_address.faults(address):
            codes = ", ".join(reason.code for reason in faults)
            return Answer(Kind.PERMANENT, 0, f"the address of {service} is not allowed: {codes}")
        post = Apprise()
        post.add(plugin)
        result = post.notify(
            title=ready.subject,
            body=ready.thing,
            body_format=NotifyFormat.TEXT,
            timeout=SECONDS,
            log_level=logging.DEBUG,
        )
        return answers.answer(result, service, address)
