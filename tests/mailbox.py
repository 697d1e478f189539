"""A real SMTP server in this process: it keeps what it took, and refuses whom it is told to refuse."""

import logging
from collections import defaultdict
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tools.guard import free_port

# It tells every line of every session, which would bury what a failed test has to say.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class Mailbox:
    """Keeps what it took, oldest first. `refusals` by reader: the answers of the next tries, in order."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.raw: list[bytes] = []
        # Where each of them goes back to (MAIL FROM).
        self.senders: list[str] = []
        self.refusals: dict[str, list[str]] = defaultdict(list)
        self.port = free_port()
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.refusals[address]:
            return self.refusals[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        self.raw.append(envelope.original_content)
        self.senders.append(envelope.mail_from)
        self.mails.extend((reader, mail) for reader in envelope.rcpt_tos)
        return f"250 2.0.0 Ok: queued as {len(self.mails):06d}"

    def to(self, reader: str) -> list[EmailMessage]:
        """The mails that this address got, oldest first."""
        return [mail for address, mail in list(self.mails) if address == reader]

    def subjects(self, reader: str) -> list[str]:
        return [mail["Subject"] for mail in self.to(reader)]

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()
