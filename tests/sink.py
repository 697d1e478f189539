"""A quick SMTP server for benchmarks and storms: `python -m tests.sink PORT [RECORD]`.

It takes any mail, answers PIPELINING, and writes a line for each mail that it took (or refused for good) into
RECORD. `MOOD {…}` from any client tells it how to misbehave from then on: chances of "4xx", "5xx", "drop" (the line
goes after the body), "stall" (no answer to the body), whether to "refuse" everybody, and "slow", seconds a mail.
Of dropped and stalled mails half were taken: nobody can know from outside.
"""

import json
import os
import random
import socket
import sys
import threading
import time
from email.utils import parseaddr
from hashlib import sha256
from typing import Any
from zlib import crc32

STALL_SECONDS = 30


class Sink:
    def __init__(self, port: int, record: str = "") -> None:
        self.mood: dict[str, float] = {}
        self._record = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if record else None
        self._line = socket.create_server(("127.0.0.1", port), backlog=64)

    def serve(self) -> None:
        while True:
            line, _ = self._line.accept()
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._hold, args=(line,), daemon=True).start()

    def note(self, how: str, reader: str, mail: bytes = b"") -> None:
        if self._record is not None:
            head, _, body = mail.partition(b"\r\n\r\n")
            said = dict(row.split(b": ", 1) for row in head.split(b"\r\n") if b": " in row)
            names = [said.get(name, b"").decode() for name in (b"Message-ID", b"Date")]
            line = "\t".join([how, reader, *names, sha256(body).hexdigest(), f"{time.time():.3f}"])
            os.write(self._record, f"{line}\n".encode())

    def _hold(self, line: socket.socket) -> None:
        try:
            with line:
                Session(self, line).hold()
        except OSError:
            pass

    def has(self, chance: str) -> bool:
        return random.random() < self.mood.get(chance, 0)


class Session:
    def __init__(self, sink: Sink, line: socket.socket) -> None:
        self._sink, self._line, self._read, self._reader = sink, line, b"", ""

    def hold(self) -> None:
        if self._sink.mood.get("refuse"):
            self._line.sendall(b"421 4.3.2 not now\r\n")
            self._line.settimeout(0.3)
            self._more()
            if self._read.startswith(b"MOOD"):
                self._answer(self._read.strip())
            return
        self._line.sendall(b"220 sink\r\n")
        while True:
            answers = []
            while b"\r\n" in self._read:
                command, _, self._read = self._read.partition(b"\r\n")
                answers.append(self._answer(command))
                if answers[-1][:3] in (b"354", b"221"):
                    break
            self._line.sendall(b"".join(answers))
            if answers and answers[-1][:3] == b"221":
                return
            if answers and answers[-1][:3] == b"354":
                if not self._take(self._body()):
                    return
                continue
            if not self._more():
                return

    def _more(self) -> bool:
        got = self._line.recv(65536)
        self._read += got
        return bool(got)

    def _answer(self, command: bytes) -> bytes:
        verb = command[:4].upper()
        if verb == b"EHLO":
            return b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
        if verb == b"RCPT":
            self._reader = parseaddr(command[8:].decode())[1]
            # The same readers all the time: who was refused for good has never got the mail before.
            if crc32(self._reader.encode()) % 10_000 < 10_000 * self._sink.mood.get("5xx", 0):
                self._sink.note("refused", self._reader)
                self._reader = ""
                return b"550 5.1.1 no such user\r\n"
            if self._sink.has("4xx"):
                self._reader = ""
                return random.choice([b"451 4.3.0 try again\r\n", b"452 4.2.2 mailbox full\r\n"])
        if verb == b"DATA":
            return b"354 go on\r\n" if self._reader else b"503 5.5.1 nobody to send it to\r\n"
        if verb == b"MOOD":
            self._sink.mood = json.loads(command[5:])
        return b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n"

    def _body(self) -> bytes:
        pieces = [self._read]
        while not pieces[-1].endswith(b"\r\n.\r\n"):
            got = self._line.recv(65536)
            if not got:
                raise OSError
            # The end may lie across two pieces.
            pieces[-1:] = (
                [pieces[-1] + got] if len(pieces[-1]) < 5 else [pieces[-1][:-5], pieces[-1][-5:] + got]
            )
        self._read = b""
        return b"".join(pieces)

    def _take(self, mail: bytes) -> bool:
        """Answer a mail; false when the line is gone."""
        sink = self._sink
        if sink.mood.get("slow"):
            time.sleep(sink.mood["slow"])
        for fault in ("drop", "stall"):
            if sink.has(fault):
                if random.random() < 0.5:
                    sink.note(fault, self._reader, mail)
                if fault == "stall":
                    time.sleep(STALL_SECONDS)
                return False
        if sink.has("4xx"):
            self._line.sendall(b"450 4.2.1 later\r\n")
            return True
        sink.note("taken", self._reader, mail)
        self._line.sendall(b"250 2.0.0 taken\r\n")
        self._reader = ""
        return True


def set_mood(port: int, **mood: Any) -> None:
    """Tell a running sink how to misbehave from now on."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.recv(100)
        line.sendall(f"MOOD {json.dumps(mood)}\r\n".encode())
        line.recv(100)


if __name__ == "__main__":
    Sink(int(sys.argv[1]), *sys.argv[2:3]).serve()
