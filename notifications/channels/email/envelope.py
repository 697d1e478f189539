"""A mail's headers and parts (RFC 5322, 3834, 8058). Message-ID and Date come from the ledger, frozen."""

from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from notifications import labels
from notifications.channels.email.press import Mail
from notifications.domain import threading
from notifications.models import Delivery
from notifications.queries import letters
from notifications.queries.letters import Letter


def envelope(
    mail: Mail, letter: Letter, delivery: Delivery, earlier: list[str], calendar: MIMEText | None
) -> EmailMultiAlternatives:
    """One reader's message: plain text, HTML, and the calendar entry where the notice has one."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((str(settings.PLATFORM_NAME), str(settings.DEFAULT_FROM_EMAIL))),
        to=[formataddr((letter.contact.name, letter.contact.address))],
        headers=headers(letter, delivery, earlier),
    )
    message.attach_alternative(mail.html, "text/html")
    if calendar is not None:
        message.attach(calendar)
    return message


def headers(letter: Letter, delivery: Delivery, earlier: list[str]) -> dict[str, str]:
    host = letters.domain()
    root = threading.thread_root(letter.window.reference, letter.contact.pk, host)
    dated_at = delivery.dated_at or letter.at
    audience = labels.AUDIENCES[letter.audience]
    found = {
        "Message-ID": delivery.message_id,
        "Date": format_datetime(dated_at),
        "References": threading.references(root, earlier),
        # Some relays replace Message-ID and Date: our own name travels beside them.
        "X-Changeboard-Delivery": delivery.message_id.strip("<>"),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, NRN, AutoReply, RN",
        "List-Id": f"{audience}: maintenance <{threading.plain(letter.audience)}.notices.{host}>",
        "List-Unsubscribe": f"<{letter.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Thread-Topic": f"{letter.system.code} maintenance {letter.window.reference}",
    }
    if earlier and not delivery.is_retraction:
        found["In-Reply-To"] = earlier[-1]
    return found
