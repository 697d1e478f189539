"""A clerk who writes to the database beside the sending, so that no mail waits for a disk.

One thread with a connection of its own; what it is given it does one after another, in order. Within a
transaction of the caller it works in the caller's place instead: another connection would see nothing of it.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from changeboard import clock
from notifications.domain import lease

Done = TypeVar("Done")
TRIED_AGAIN_AFTER_SECONDS = 0.25


class Clerk:
    def __init__(self) -> None:
        self._beside: ThreadPoolExecutor | None = None

    def ready(self) -> None:
        """Open the line already: the first job finds it open. The second time nothing happens."""
        if self._beside is None and not connection.in_atomic_block:
            self._beside = ThreadPoolExecutor(1, "clerk")
            self._beside.submit(_open)

    def give(self, act: Callable[[], Done]) -> "Future[Done]":
        """Do this after what was given before. Its answer, or what it raised, is the future's."""
        if self._beside:
            return self._beside.submit(_persisted, act)
        done: Future[Done] = Future()
        try:
            done.set_result(_persisted(act))
        except Exception as trouble:
            done.set_exception(trouble)
        return done

    def close(self) -> None:
        """Finish what was given, and let go of the connection."""
        if self._beside:
            self._beside.submit(_let_go)
            self._beside.shutdown()
            self._beside = None


def _persisted(act: Callable[[], Done]) -> Done:
    """Do it, also over a database that restarts: within the lease nobody else takes the rows."""
    until = clock.steady() + lease.body_within(settings.NOTICE_LEASE_SECONDS)
    while True:
        try:
            return act()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or clock.steady() > until:
                raise
            connection.close()
            time.sleep(TRIED_AGAIN_AFTER_SECONDS)


# `connection` is another one in each thread: it is named where the clerk works.
def _open() -> None:
    connection.ensure_connection()


def _let_go() -> None:
    connection.close()
