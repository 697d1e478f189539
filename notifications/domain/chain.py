"""The chain over the proof: each link carries the digest of the link before it, so that what is changed, taken
out, put in or reordered afterwards shows. Pure; instants as text in UTC, so that a link is the same bytes for ever.

There are two chains in one: `previous` follows all links, `before` those of one window, which can so be checked
alone. A *round* is a link without a fact: it says that at its instant nothing was left to seal. What is entered
after it under an instant well before it was not there then.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

START = "0" * 64
# An answer is marked at most a lease after it was heard; twice that, and clocks that differ, fit in.
GRACE = timedelta(minutes=15)


class Kind(StrEnum):
    """What a link seals: the other side's answer or report, a person's act, or that nothing was left."""

    ANSWER = "answer"
    ACT = "act"
    ROUND = "round"


class Link(NamedTuple):
    """One link. `fact` is the number of the row that it seals, `body` that row as canonical JSON."""

    number: int
    window: int | None
    place: int
    kind: str
    fact: int
    delivery: int | None
    at: str
    previous: str
    before: str
    body: str


class Stored(NamedTuple):
    """A link as it stands in the ledger, with the digest that was written with it."""

    link: Link
    digest: str


@dataclass(frozen=True)
class Fault:
    """A place where the chain, or the ledger beside it, is not what was sealed."""

    code: str
    number: int = 0
    window: str = ""
    delivery: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def text(instant: datetime | None) -> str | None:
    """An instant to the microsecond, in UTC."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant(words: str) -> datetime:
    return datetime.fromisoformat(words)


def canonical(facts: Mapping[str, object]) -> str:
    """The same facts are the same text, whatever their order."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(link: Link) -> str:
    """SHA-256 over all of the link, in hexadecimal."""
    words = json.dumps(list(link), separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def breaks(links: Iterable[Stored], *, whole: bool) -> Iterator[Fault]:
    """Where the chain is broken, in its own order. `whole`: the links of all windows; else those of one."""
    last: dict[int | None, Stored] = {}
    for one in links:
        link = one.link
        own = None if whole else link.window
        position, follows = (link.number, link.previous) if whole else (link.place, link.before)
        there = last.get(own)
        expected = 1 if there is None else 1 + (there.link.number if whole else there.link.place)
        if digest(link) != one.digest:
            yield _at(link, "chain.content")
        elif position != expected:
            yield _at(link, "chain.gap", missing=position - expected, expected=expected)
        elif follows != (there.digest if there else START):
            yield _at(link, "chain.order")
        last[own] = one


def differences(
    sealed: Mapping[str, object], present: Mapping[str, object]
) -> list[tuple[str, object, object]]:
    """Name, what was sealed and what stands there now, for each fact that differs."""
    return [(name, was, present.get(name)) for name, was in sealed.items() if present.get(name) != was]


def entered_afterwards(number: int, at: datetime, rounds: Sequence[tuple[int, datetime]]) -> datetime | None:
    """The round before link `number` that, well after `at`, found nothing left to seal: the fact was not there."""
    place = bisect_left(rounds, (number, at))
    if place and rounds[place - 1][1] >= at + GRACE:
        return rounds[place - 1][1]
    return None


def _at(link: Link, code: str, **facts: object) -> Fault:
    window = json.loads(link.body).get("window", "") if link.window else ""
    return Fault(code, link.number, window, link.delivery, facts)
