"""A bell without data: on commit it wakes whoever derives something from history.

Nothing depends on it being heard. Whoever listens works out *what should be* from the database; a
lost ring costs one beat tick (ARCHITECTURE.md section 1).
"""

import logging
from collections.abc import Callable

from django.db import connection, transaction

logger = logging.getLogger(__name__)

_listeners: list[Callable[[], None]] = []


def answer(listener: Callable[[], None]) -> None:
    """Have `listener` called after each commit that wrote history."""
    if listener not in _listeners:
        _listeners.append(listener)


def ring() -> None:
    """Ring once when the present transaction commits, however many events it writes."""
    if not any(callback is _ring_now for _, callback, *_ in connection.run_on_commit):
        transaction.on_commit(_ring_now, robust=True)


def _ring_now() -> None:
    for listener in _listeners:
        try:
            listener()
        except Exception:
            # The broker may be down: the tick comes anyway, and what was saved stays saved.
            logger.warning("the doorbell was not heard; the next tick does the same", exc_info=False)
