"""E-mail: one reader a message, over one connection that stays open for a batch."""

from datetime import datetime
from email.mime.text import MIMEText

from notifications.channels.email import calendar_part, press
from notifications.channels.email.envelope import envelope
from notifications.channels.email.send import Post
from notifications.channels.ways import Ready, Way
from notifications.domain.backoff import Answer
from notifications.models import Delivery
from notifications.queries import letters
from notifications.queries.letters import Letter, WindowFacts


class Email(Way):
    def __init__(self) -> None:
        self._post = Post()
        self._facts: dict[tuple[int, int], WindowFacts] = {}

    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        letter = self.letter(delivery, at=delivery.dated_at or at)
        mail = press.mail(letter)
        part: MIMEText | None = calendar_part.of(letter)
        message = envelope(mail, letter, delivery, letters.earlier_mails(delivery), part)
        return Ready(mail.subject, mail.digest, message)

    def letter(self, delivery: Delivery, *, at: datetime) -> Letter:
        told = letters.last_told(delivery) if delivery.is_retraction else None
        about = self._about(delivery)
        return letters.write(
            about, delivery.contact, delivery.milestone, delivery.notice.audience, at=at, told=told
        )

    def _about(self, delivery: Delivery) -> WindowFacts:
        key = delivery.window_id, delivery.revision
        if key not in self._facts:
            self._facts[key] = letters.facts(delivery.window)
        return self._facts[key]

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        return self._post.send(ready.thing)

    def close(self) -> None:
        self._post.close()
