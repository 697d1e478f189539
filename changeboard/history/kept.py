"""Counts that are good until somebody does something.

Whatever a person does is an event, so that a count is good until the next one; what only the clock or a
mail server does is counted anew after so many seconds. In this process: nothing to be down.
"""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings

from changeboard.history.models import Event

T = TypeVar("T")
KEPT_SECONDS = 15
_kept: dict[Hashable, tuple[Hashable, Any]] = {}


def newest() -> int | None:
    """The newest event there is. One query."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first()


def counted(what: Hashable, count: Callable[[], T], *, since: Callable[[], Hashable], now: datetime) -> T:
    """What `count()` gave for `what` while `since()` answers the same, at most KEPT_SECONDS old."""
    if not settings.COUNTS_ARE_KEPT:
        return count()
    moment = (since(), int(now.timestamp()) // KEPT_SECONDS)
    kept = _kept.get(what)
    if kept is None or kept[0] != moment:
        kept = _kept[what] = (moment, count())
    found: T = kept[1]
    return found


def forget() -> None:
    """Count everything anew."""
    _kept.clear()
