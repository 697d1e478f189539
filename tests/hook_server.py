"""A real web server for webhooks and chats: it keeps what it was sent, and answers as it is told."""

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Posted:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HookServer:
    """`answers` are statuses for the next requests, 200 when none is left; `waits` seconds before
    each, `body` with each."""

    answers: list[int] = field(default_factory=list)
    waits: float = 0.0
    body: bytes = b""
    posted: list[Posted] = field(default_factory=list)

    def __enter__(self) -> "HookServer":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        kept = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                kept.posted.append(Posted(self.path, dict(self.headers), body))
                time.sleep(kept.waits)
                status = kept.answers.pop(0) if kept.answers else 200
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"http://127.0.0.1:{kept.port}/elsewhere")
                self.send_header("Content-Length", str(len(kept.body)))
                self.end_headers()
                self.wfile.write(kept.body)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        return Handler
