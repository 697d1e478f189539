"""Sending one mail over an open SMTP connection, and reading the server's own words.

Django's back end throws the server's answer away, and counts a refused reader as a success when another
was taken; so we speak the commands ourselves over the connection that it opened. One reader a mail.
"""

import re
import smtplib
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from changeboard import clock
from notifications.channels.email import provider
from notifications.domain import lease
from notifications.domain.backoff import Answer, Kind, answer_of

TAKEN = (250, 251)
CLOSING = 421


@dataclass(frozen=True)
class Sealed:
    """A mail as it goes over the wire: CRLF line ends, dots not yet doubled. Addresses without names."""

    sender: str
    reader: str
    wire: bytes


class Post:
    """A post office that stays open for a batch. Closed and opened again after any doubt."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()
        # Whether the present connection has carried a mail: then its end may have nothing to do with the next.
        self._used = False

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def takes_sealed(self) -> bool:
        """Whether mails leave as bytes over SMTP, not through a provider's own interface."""
        return isinstance(self._backend, EmailBackend)

    def close(self) -> None:
        self._used = False
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._backend = get_connection()

    def _hang_up(self) -> None:
        """End the line without a word: a server that waits for a mail's text would take QUIT for it, and we would
        wait for its answer."""
        self._used = False
        line, self._backend.connection = self._backend.connection, None
        line.close()

    def send(self, message: EmailMessage | Sealed) -> Answer:
        """The answer to one message. Never raises for what the network or the server does."""
        if isinstance(message, EmailMessage):
            if not self.takes_sealed:
                return self._hand_over(message)
            message = sealed(message)
        if not is_address(message.reader):
            return Answer(Kind.PERMANENT, 0, "the address is no mail address")
        used, began = self._used, clock.steady()
        answer, begun = self._try(message, began)
        if used and not begun and answer.code in (0, CLOSING):
            # Servers end a connection that idled, or after so many mails: that is no answer to this one.
            answer, _ = self._try(message, began)
        return answer

    def _try(self, message: Sealed, began: float) -> tuple[Answer, bool]:
        """One try, and whether the body had begun to leave."""
        try:
            self._backend.open()
            smtp: smtplib.SMTP = self._backend.connection
            smtp.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as refused:
            self.close()
            return _no_way(refused.smtp_code, _said(refused.smtp_code, refused.smtp_error)), False
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            return _no_way(0, _trouble(trouble)), False
        letter = _Dialogue(smtp)
        try:
            answer = letter.held(message, began)
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            # Once the body began nobody knows whether it was taken: RFC 1047. Before it, nothing was.
            kind = Kind.UNCERTAIN if letter.begun else Kind.TEMPORARY
            return Answer(kind, 0, _trouble(trouble)), letter.begun
        if letter.is_over:
            self._hang_up()
        elif answer.code == CLOSING:
            self.close()
        self._used = not letter.is_over
        return answer, letter.begun

    def _hand_over(self, message: EmailMessage) -> Answer:
        """A back end that is no SMTP server (a file, the console, a test's outbox) takes all or raises."""
        return provider.hand_over(self._backend, message)


class _Dialogue:
    """One mail's commands and answers. Raises when the line breaks; `begun`: the body may have left."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp
        self.begun = False
        # The connection is of no use for another mail.
        self.is_over = False

    def held(self, message: Sealed, began: float) -> Answer:
        code, words = self._offer(message)
        if code != 354:
            return answer_of(code, _said(code, words))
        if clock.steady() - began > lease.body_within(settings.NOTICE_LEASE_SECONDS):
            self.is_over = True
            return Answer(Kind.TEMPORARY, 0, "the server took too long to ask for the mail; nothing was sent")
        self.begun = True
        self._wait(settings.EMAIL_TAKEN_WITHIN_SECONDS)
        self._smtp.send(b"".join((stuffed(message.wire), b".\r\n")))
        code, words = self._smtp.getreply()
        self._wait(settings.EMAIL_TIMEOUT)
        if code < 0:
            raise smtplib.SMTPServerDisconnected(_said(code, words))
        return answer_of(code, _said(code, words))

    def _offer(self, message: Sealed) -> tuple[int, bytes]:
        """MAIL, RCPT and DATA: 354, or the answer that refuses. In one go where the server can (RFC 2920)."""
        options = " BODY=8BITMIME" if self._smtp.has_extn("8bitmime") else ""
        lines = [f"MAIL FROM:<{message.sender}>{options}", f"RCPT TO:<{message.reader}>", "DATA"]
        if not self._smtp.has_extn("pipelining"):
            for line in lines:
                code, words = self._smtp.docmd(line)
                if code not in (*TAKEN, 354):
                    self._start_over()
                    return code, words
            return code, words
        self._smtp.send("".join(f"{line}\r\n" for line in lines))
        answers = [self._smtp.getreply() for _ in lines]
        refused = next((one for one in answers[:2] if one[0] not in TAKEN), None)
        if refused and answers[2][0] == 354:
            # It would take a mail for nobody: leave rather than tell it one.
            self.is_over = True
        elif refused or answers[2][0] != 354:
            self._start_over()
        return refused or answers[2]

    def _start_over(self) -> None:
        self.is_over = self._smtp.rset()[0] not in TAKEN

    def _wait(self, seconds: float) -> None:
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)


def sealed(message: EmailMessage) -> Sealed:
    """The slow road: Django builds the message. SMTP's line ends from the start: dots are doubled by line."""
    mime: Any = message.message()
    return Sealed(
        parseaddr(message.from_email)[1], parseaddr(message.to[0])[1], mime.as_bytes(linesep="\r\n")
    )


def is_address(address: str) -> bool:
    """Whether it can stand in a command: ASCII, one @, nothing that ends a line or a path."""
    return re.fullmatch(r"[!-;=?A-~]+@[!-;=?A-~]+", address) is not None


def stuffed(wire: bytes) -> bytes:
    """Dots that begin a line doubled (RFC 5321 section 4.5.2), and a line end at the end."""
    if b"\n." in wire:
        wire = wire.replace(b"\r\n.", b"\r\n..")
    if wire.startswith(b"."):
        wire = b"." + wire
    return wire if wire.endswith(b"\r\n") else wire + b"\r\n"


def _no_way(code: int, text: str) -> Answer:
    """Our own relay does not let us in: that is no answer to any reader's mail."""
    return Answer(Kind.TEMPORARY, code, text, reached=False)


def _trouble(trouble: Exception) -> str:
    return f"{type(trouble).__name__}: {trouble}"[:500]


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:500]
