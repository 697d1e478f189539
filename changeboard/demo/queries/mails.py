"""A mail taken apart, as its reader's mail program shows it."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from changeboard.demo.models import DemoMail


@dataclass(frozen=True)
class Opened:
    """What stands in the window of a mail program. `dated_at` is the Date header."""

    mail: DemoMail
    sender: str
    reader: str
    dated_at: datetime | None
    headers: list[tuple[str, str]]
    text: str
    html: str
    calendar: str


def opened(mail: DemoMail) -> Opened:
    message = message_from_bytes(bytes(mail.raw), policy=policy.default)
    date = message["Date"]
    return Opened(
        mail=mail,
        sender=str(message["From"] or mail.sender),
        reader=str(message["To"] or mail.recipient),
        dated_at=date.datetime if date else None,
        headers=[(name, str(value)) for name, value in message.items()],
        text=_part(message, "text/plain"),
        html=_part(message, "text/html"),
        calendar=_part(message, "text/calendar"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    """The first part of this kind, decoded; empty when there is none."""
    for part in message.walk():
        if part.get_content_type() == kind:
            return str(part.get_content())
    return ""
