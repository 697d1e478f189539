"""Sending one mail over an open SMTP connection, and reading the server's own words.

Django's back end throws the server's answer away, and counts a refused reader as a success when another
was taken; so we speak the four commands ourselves over the connection that it opened. One reader a mail.
"""

import smtplib
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMessage, get_connection

from notifications.domain.backoff import Answer, Kind, answer_of


class Post:
    """A post office that stays open for a batch. Closed and opened again after any doubt."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._backend = get_connection()

    def send(self, message: EmailMessage) -> Answer:
        """The answer to one message. Never raises for what the network or the server does."""
        begun = False
        try:
            self._backend.open()
            smtp: smtplib.SMTP | None = getattr(self._backend, "connection", None)
            if smtp is None:
                return self._hand_over(message)
            _ready(smtp, message)
            begun = True
            # SMTP's line ends from the start: smtplib counts and stuffs dots by line.
            mime: Any = message.message()
            code, words = smtp.data(mime.as_bytes(linesep="\r\n"))
            return answer_of(code, _said(code, words))
        except smtplib.SMTPResponseException as refused:
            self.close()
            return answer_of(refused.smtp_code, _said(refused.smtp_code, refused.smtp_error))
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            # Once DATA began nobody knows whether it was taken: RFC 1047. Before it, nothing was.
            kind = Kind.UNCERTAIN if begun else Kind.TEMPORARY
            return Answer(kind, 0, f"{type(trouble).__name__}: {trouble}"[:500])

    def _hand_over(self, message: EmailMessage) -> Answer:
        """A back end that is no SMTP server (a file, the console, a test's outbox) takes all or raises."""
        self._backend.send_messages([message])
        return Answer(
            Kind.ACCEPTED, 250, f"250 handed to {type(self._backend).__module__.rsplit('.', 1)[-1]}"
        )


def _ready(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    """MAIL and RCPT; raises with the server's answer when it refuses one."""
    smtp.ehlo_or_helo_if_needed()
    for code, words in (
        smtp.mail(parseaddr(message.from_email)[1]),
        smtp.rcpt(parseaddr(message.to[0])[1]),
    ):
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, words)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:500]
