"""A backlog far above a usual day means that something is wrong (a restored backup, a wrong clock): stop."""

from collections.abc import Sequence

TIMES = 3
# Below this the guard would stop a young board that has no usual day yet.
LEAST = 200


def usual_day(counts: Sequence[int]) -> int:
    """The mean of the days on which anything went out, at least LEAST."""
    days = [count for count in counts if count]
    return max(LEAST, sum(days) // len(days) if days else 0)


def is_too_much(waiting: int, counts: Sequence[int]) -> bool:
    """Whether more is overdue than three usual days would send."""
    return waiting > TIMES * usual_day(counts)
