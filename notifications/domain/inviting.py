"""What a member of the board is still to be told of a meeting (RFC 5546 sections 3.2.2 and 3.2.5). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """What a calendar does with the mail: enter or update the meeting, or take it out."""

    REQUEST = "request"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Said:
    """A mail that one reader may have got: of which revision of the meeting, under which SEQUENCE."""

    method: Method
    revision: int
    sequence: int


def owed(*, revision: int, comes: bool, said: Iterable[Said]) -> Said | None:
    """The mail that is missing, or None. `comes`: the meeting is held and the reader is one of its members.

    `said` is in the order of sending. A reader's sequence only ever rises, whether the meeting moved or
    the reader left and came back: a calendar passes over whatever is not newer than what it knows.
    """
    before = list(said)
    last = before[-1] if before else None
    sequence = max(revision, *(each.sequence + 1 for each in before)) if before else revision
    is_invited = last is not None and last.method is Method.REQUEST
    if comes and not (is_invited and last and last.revision == revision):
        return Said(Method.REQUEST, revision, sequence)
    if is_invited and not comes:
        return Said(Method.CANCEL, revision, sequence)
    return None
