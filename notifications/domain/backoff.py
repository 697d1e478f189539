"""When a delivery is tried again: by the kind of the server's answer, never past its last useful moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

QUICK_CODES = (421, 431, 432, 442, 447, 452)
# Of the answers that refuse over HTTP those that pass: timeout, too early, too many; and all of 5xx.
HTTP_PASSES = (408, 425, 429)
QUICK = (10, 30, 60, 300, 900)
SLOW = (60, 300, 600, 1200, 1800)
LAST_TRY = 5


class Kind(StrEnum):
    """What a channel learned: 250, nothing to wait for, try later, never, or no answer at all."""

    ACCEPTED = "accepted"
    OFFERED = "offered"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Answer:
    """The other side's answer: its kind, its code (0 when there was none) and its own words.

    `reached` is false when the way itself is shut (our own relay does not answer): that says nothing of any
    reader, costs no try, and stops the batch.
    """

    kind: Kind
    code: int
    text: str
    reached: bool = True


def answer_of(code: int, text: str) -> Answer:
    """An SMTP code as an answer: 2xx accepted, 4xx temporary, the rest permanent.

    Microsoft's servers say that a message is too large also when they only lack room for a while.
    """
    if 200 <= code < 300:
        return Answer(Kind.ACCEPTED, code, text)
    passes = 400 <= code < 500 or "too large" in text.lower()
    return Answer(Kind.TEMPORARY if passes else Kind.PERMANENT, code, text)


def refused_over_http(code: int, text: str) -> Answer:
    """A status that is no success as an answer: worth another try, or not."""
    passes = code >= 500 or code in HTTP_PASSES
    return Answer(Kind.TEMPORARY if passes else Kind.PERMANENT, code, text)


def next_try(
    answer: Answer, tries: int, now: datetime, not_after: datetime, jitter: float
) -> datetime | None:
    """When to try again after `tries` tries, or None: it has failed.

    `jitter` (0 to 1) spreads the tries over half as much again, so that many readers of one server do not
    come back in the same second. A try past `not_after` is none.
    """
    if answer.kind is Kind.PERMANENT or tries >= LAST_TRY:
        return None
    quick = answer.kind is Kind.UNCERTAIN or answer.code == 0 or answer.code in QUICK_CODES
    waits = QUICK if quick else SLOW
    wait = timedelta(seconds=waits[min(tries, len(waits)) - 1] * (1 + jitter / 2))
    return now + wait if now + wait <= not_after else None
