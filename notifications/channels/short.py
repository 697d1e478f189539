"""The short form of a notice: its subject and a few lines, in the reader's own time. For chats, SMS, our own page."""

from datetime import datetime

from django.template.loader import render_to_string

from notifications.channels.email import press
from notifications.models import Delivery
from notifications.queries import letters


def subject_and_text(delivery: Delivery, *, at: datetime) -> tuple[str, str]:
    """As of the delivery's first rendering, the same whenever it is asked for while the window stays as it is."""
    told = letters.before([delivery])[delivery.pk].revision if delivery.is_retraction else None
    letter = letters.write(
        letters.facts(delivery.window), delivery.contact, delivery.milestone, delivery.notice.audience,
        at=delivery.dated_at or at, told=told,
    )  # fmt: skip
    lines = render_to_string("notices/short.txt", {"letter": letter}).splitlines()
    return press.subject(letter), "\n".join(line.strip() for line in lines if line.strip())
