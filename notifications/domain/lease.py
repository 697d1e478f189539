"""How long a sender may believe that a row is its own, and when it must say what it did.

The invariant that keeps doubles out: *a body leaves only within half a lease of an UPDATE that said the row
is ours and nobody can take the row before the whole lease is over.* It holds because

1. the fence (one UPDATE for the next few rows) asks for state, owner, living lease and the window's present
   revision, and lets the lease begin anew at that instant;
2. before each mail its sender looks at a clock that goes on while a process is stopped: a fence older than
   FRESH is asked again, so whoever was frozen past its lease finds its rows in other hands;
3. the channel looks once more just before the body, and sends none later than half a lease after it was
   called (`BODY`); clocks of two machines may differ by the rest of the lease;
4. answers are written down beside the sending, and no mail goes while as many as may be doubled (ten) are not
   written yet; when sending is slow each is written at once (`is_time_to_mark`).

A lease is for who cannot be seen: of a process that is surely gone (actions/owners.py) the next tick takes the rows.

What is left: a sender that dies or freezes after the other side's answer and before its mark. Those rows say
"uncertain", and the repeat has the same Message-ID and Date (RFC 1047 tells why no protocol closes this).
"""

FRESH_SECONDS = 2.0
# A mark waits for the disk: fifty a second cost little beside a relay that is as slow as that.
MARK_WITHIN_SECONDS = 0.02
# After so many tries that ended without a word its sender must have died of the row itself.
MOST_TRIES = 10


def is_fresh(fenced: float, now: float) -> bool:
    """Whether a mail may begin under a fence of that instant. Seconds of one steady clock."""
    return 0 <= now - fenced <= FRESH_SECONDS


def body_within(lease_seconds: float) -> float:
    """Seconds from the call of a channel within which the body must begin to leave."""
    return lease_seconds / 2 - FRESH_SECONDS


def is_time_to_mark(since: float, now: float) -> bool:
    """Whether the answers since the last mark, begun at `since`, are written down though few wait yet."""
    return now - since >= MARK_WITHIN_SECONDS
