"""Which news goes out by mail now, and which lines make one mail. Pure.

At once: what happens to one change within two minutes is one mail; a change that is never quiet is told of
after ten. Where several changes waited (after an outage, or for whoever chose this just now) all of it is
one mail. Once a day: one mail with everything older than the last hour of digests on the reader's clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from changeboard import clock

QUIET = timedelta(minutes=2)
LONGEST = timedelta(minutes=10)
# What waited so long waited for us, not for the change to be quiet.
LATE = timedelta(minutes=30)
# Older news is no news; whoever comes back finds it in the list.
KEPT = timedelta(days=7)
SATURDAY = 5


class Choice(StrEnum):
    """How a person wants to be told by mail of what concerns them."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


@dataclass(frozen=True)
class Wish:
    """A person's choice; the hour is on the clock of `zone`. Nothing from before `since` is told."""

    choice: Choice
    hour: int
    is_every_day: bool
    zone: str
    since: datetime


@dataclass(frozen=True)
class Line:
    """One event, unread and not yet told by mail."""

    event: int
    change: int
    at: datetime


@dataclass(frozen=True)
class Batch:
    """The lines of one mail: about one change, or about several; `digest_on` is a digest's local day."""

    lines: tuple[Line, ...]
    change: int | None = None
    digest_on: date | None = None


def due(wish: Wish, news: Iterable[Line], now: datetime) -> list[Batch]:
    """The mails to make now. A digest is one a `digest_on`: the caller drops a day that had its own."""
    fresh = [line for line in news if max(wish.since, now - KEPT) <= line.at <= now]
    if wish.choice is Choice.AT_ONCE:
        return _at_once(fresh, now)
    if wish.choice is Choice.DAILY:
        on, moment = last_digest(wish, now)
        lines = tuple(line for line in fresh if line.at < moment)
        return [Batch(lines, digest_on=on)] if lines else []
    return []


def last_digest(wish: Wish, now: datetime) -> tuple[date, datetime]:
    """The newest day of digests that has begun, and its instant (UTC)."""
    day = clock.local_date(now, wish.zone)
    while True:
        moment = clock.at_wall(day, time(wish.hour), wish.zone)
        # A day that a zone left out altogether has no hour of its own.
        is_real = clock.local_date(moment, wish.zone) == day
        if moment <= now and is_real and (wish.is_every_day or day.weekday() < SATURDAY):
            return day, moment
        day -= timedelta(days=1)


def _at_once(lines: list[Line], now: datetime) -> list[Batch]:
    changes: dict[int, list[Line]] = {}
    for line in lines:
        changes.setdefault(line.change, []).append(line)
    ready = {change: found for change, found in changes.items() if _is_told_now(found, now)}
    told = [line for line in lines if line.change in ready]
    if len(ready) > 1 and min(line.at for line in told) <= now - LATE:
        return [Batch(tuple(told))]
    return [Batch(tuple(found), change=change) for change, found in ready.items()]


def _is_told_now(lines: list[Line], now: datetime) -> bool:
    instants = [line.at for line in lines]
    return max(instants) <= now - QUIET or min(instants) <= now - LONGEST
