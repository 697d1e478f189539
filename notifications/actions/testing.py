"""A test of a notice to oneself: exactly what a client would get, marked as a test, not in the ledger."""

from datetime import datetime
from email.utils import make_msgid

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse
from notifications.channels.email import calendar_part, press
from notifications.channels.email.envelope import envelope
from notifications.channels.email.send import Post
from notifications.domain.backoff import Kind
from notifications.models import Delivery
from notifications.queries import letters
from notifications.queries.letters import Letter


def send(letter: Letter, *, by: Person, at: datetime) -> str:
    """Send it to `by`; answers the mail server's words. Refused when it does not take it."""
    window, mail = letter.window, press.mail(letter)
    row = Delivery(window=window, milestone=letter.milestone, contact=letter.contact, dated_at=at)
    row.message_id = make_msgid("test", letters.domain())
    message = envelope(mail, letter, row, [], calendar_part.of(letter))
    message.subject, message.to = f"Test: {mail.subject}", [by.email]
    with Post() as post:
        answer = post.send(message)
    if answer.kind is not Kind.ACCEPTED:
        raise refuse("notice.test_not_taken", answer=answer.text)
    with transaction.atomic():
        record("notice.test_sent", window, by=by, at=at, address=by.email)
    return answer.text
