"""The demonstration's own mail server (RFC 5321): takes every mail and keeps it for its mailbox page.

It answers 250 only after the rows are committed, and 451 while the database is away: what it took is there.
"""

import asyncio
from email import message_from_bytes, policy
from email.utils import parseaddr

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connections, transaction

from changeboard import clock
from changeboard.demo.models import DemoMail

MOST_BYTES = 5_000_000
MOST_READERS = 100
SILENCE_SECONDS = 120


async def serve(host: str, port: int) -> None:
    """Listen until the process is told to stop."""
    server = await asyncio.start_server(_meet, host, port, limit=MOST_BYTES)
    async with server:
        await server.serve_forever()


async def _meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await Conversation(reader, writer).hold()
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
        pass
    finally:
        writer.close()


class Conversation:
    """One client's dialogue. A command is answered by the method of its name; unknown ones by 502."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._sender, self._readers = "", list[str]()

    async def hold(self) -> None:
        await self._say("220 demonstration ready")
        while line := await asyncio.wait_for(self._reader.readline(), SILENCE_SECONDS):
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if verb.upper() == "QUIT":
                await self._say("221 bye")
                return
            answer = getattr(self, f"_on_{verb.lower()}", None) if verb.isalpha() else None
            await self._say(await answer(rest) if answer else "502 5.5.1 not known here")

    async def _say(self, words: str) -> None:
        self._writer.write(f"{words}\r\n".encode())
        await self._writer.drain()

    async def _on_ehlo(self, rest: str) -> str:
        return f"250-demonstration\r\n250-SIZE {MOST_BYTES}\r\n250-8BITMIME\r\n250 SMTPUTF8"

    async def _on_helo(self, rest: str) -> str:
        return "250 demonstration"

    async def _on_noop(self, rest: str) -> str:
        return "250 2.0.0 ok"

    async def _on_rset(self, rest: str) -> str:
        self._sender, self._readers = "", []
        return "250 2.0.0 ok"

    async def _on_mail(self, rest: str) -> str:
        await self._on_rset(rest)
        self._sender = _address(rest)
        return "250 2.1.0 ok"

    async def _on_rcpt(self, rest: str) -> str:
        address = _address(rest)
        if "@" not in address:
            return "501 5.1.3 no address"
        if len(self._readers) >= MOST_READERS:
            return "452 4.5.3 too many readers"
        self._readers.append(address)
        return "250 2.1.5 ok"

    async def _on_data(self, rest: str) -> str:
        if not self._readers:
            return "503 5.5.1 RCPT first"
        await self._say("354 end with a line of a single dot")
        lines = list[bytes]()
        while (line := await asyncio.wait_for(self._reader.readline(), SILENCE_SECONDS)) != b".\r\n":
            if not line:
                raise ConnectionError
            lines.append(line[1:] if line.startswith(b".") else line)
        if sum(map(len, lines)) > MOST_BYTES:
            return "552 5.3.4 too big"
        answer = await sync_to_async(_deliver)(self._sender, self._readers, b"".join(lines))
        self._sender, self._readers = "", []
        return answer


def _address(words: str) -> str:
    """The address of "FROM:<a@b.example> SIZE=1"."""
    return parseaddr(words.partition(":")[2].strip().partition(">")[0] + ">")[1]


def _deliver(sender: str, readers: list[str], raw: bytes) -> str:
    """The same on a connection of its own: one that died while nothing came is not met again."""
    try:
        return keep(sender, readers, raw)
    finally:
        connections.close_all()


def keep(sender: str, readers: list[str], raw: bytes) -> str:
    """Write one row a reader; the SMTP answer says whether they are there."""
    at = clock.now()
    subject = str(message_from_bytes(raw, policy=policy.default)["Subject"] or "")[:300]
    try:
        with transaction.atomic():
            rows = [
                DemoMail(at=at, sender=sender, recipient=reader, subject=subject, raw=raw)
                for reader in readers
            ]
            made = DemoMail.objects.bulk_create(rows)
    except DatabaseError:
        return "451 4.3.0 try again later"
    return f"250 2.0.0 Ok: queued as {made[0].pk:08d}"
