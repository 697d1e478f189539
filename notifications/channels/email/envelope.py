"""A mail's headers and parts (RFC 5322, 3834, 8058). Message-ID and Date come from the ledger, frozen."""

import hmac
from datetime import datetime
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from changeboard.directory.models import Contact
from notifications import labels
from notifications.channels.email.press import Mail
from notifications.domain import threading
from notifications.models import Delivery
from notifications.queries import letters
from notifications.queries.letters import Letter

# The headers that differ from reader to reader; all others are the same for everybody who gets the same words.
PERSONAL = (
    "To",
    "Message-ID",
    "Date",
    "References",
    "In-Reply-To",
    "X-Changeboard-Delivery",
    "List-Unsubscribe",
)


class NoticeMail(EmailMultiAlternatives):
    """A mail whose boundaries follow from its Message-ID: a repeat is the same mail, byte for byte."""

    seal = ""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        parts = [part for part in made.walk() if part.is_multipart()]
        for number, part in enumerate(parts):
            part.set_boundary(f"=_{self.seal}.{number}")
        return made


def envelope(
    mail: Mail, letter: Letter, delivery: Delivery, earlier: list[str], calendar: MIMEText | None
) -> EmailMultiAlternatives:
    """One reader's message: plain text, HTML, and the calendar entry where the notice has one."""
    own = personal(letter.contact, letter.unsubscribe, delivery, earlier)
    message = NoticeMail(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((str(settings.PLATFORM_NAME), str(settings.DEFAULT_FROM_EMAIL))),
        to=[own.pop("To")],
        headers=headers(letter, own),
    )
    message.seal = seal(delivery)
    message.attach_alternative(mail.html, "text/html")
    if calendar is not None:
        message.attach(calendar)
    return message


def seal(delivery: Delivery) -> str:
    """What the boundaries of a delivery's parts are made of: nobody who words a notice can guess it."""
    key = str(settings.SECRET_KEY).encode()
    return hmac.digest(key, f"boundary:{delivery.message_id}".encode(), "sha256").hex()[:24]


def personal(contact: Contact, unsubscribe: str, delivery: Delivery, earlier: list[str]) -> dict[str, str]:
    """The reader's own headers. Message-ID and Date are the delivery's, frozen."""
    root = threading.thread_root(delivery.window.reference, contact.pk, letters.domain())
    found = {
        "To": formataddr((" ".join(contact.name.split()), contact.address)),
        "Message-ID": delivery.message_id,
        "Date": _date(delivery.dated_at),
        "References": threading.references(root, earlier),
        # Some relays replace Message-ID and Date: our own name travels beside them.
        "X-Changeboard-Delivery": delivery.message_id.strip("<>"),
    }
    if not contact.is_contractual:
        found["List-Unsubscribe"] = f"<{unsubscribe}>"
    if earlier and not delivery.is_retraction:
        found["In-Reply-To"] = earlier[-1]
    return found


@lru_cache(maxsize=64)
def _date(at: datetime) -> str:
    return format_datetime(at)


def headers(letter: Letter, own: dict[str, str]) -> dict[str, str]:
    """All of them: the reader's own, and those that everybody gets."""
    audience = labels.AUDIENCES[letter.audience]
    return own | {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, NRN, AutoReply, RN",
        "List-Id": f"{audience}: maintenance <{threading.plain(letter.audience)}.notices.{letters.domain()}>",
        **_way_out(letter.contact),
        "Thread-Topic": f"{letter.system.code} maintenance {letter.window.reference}",
    }


def _way_out(contact: Contact) -> dict[str, str]:
    """One click ends it (RFC 8058). Whom a contract names asks the people who may end it (RFC 2369)."""
    if contact.is_contractual:
        return {"List-Owner": f"<mailto:{settings.DEFAULT_FROM_EMAIL}>"}
    return {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
