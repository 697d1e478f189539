"""How much of a meeting an item to decide may take. Pure."""

from datetime import timedelta

LEAST = timedelta(minutes=1)


def allotted(left: timedelta, *, among: int) -> int:
    """Seconds for one item: an even share of the time that is left, in whole minutes, at least one.

    `among` counts the items that wait, this one included.
    """
    share = left / max(among, 1)
    return max(LEAST, timedelta(minutes=share // timedelta(minutes=1))) // timedelta(seconds=1)
