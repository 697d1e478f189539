"""When those who have not voted between meetings are reminded, and how such a vote stands. Pure."""

from datetime import datetime, timedelta

from changes.domain.quorum import Count, Standing

SHORTEST = timedelta(hours=1)
LAST_CALL = timedelta(hours=2)


def reminders(opened_at: datetime, deadline_at: datetime) -> tuple[datetime, ...]:
    """Half way, and two hours before the deadline where that is later."""
    half = opened_at + (deadline_at - opened_at) / 2
    last = deadline_at - LAST_CALL
    return (half, last) if last > half else (half,)


def due(opened_at: datetime, deadline_at: datetime, now: datetime) -> int:
    """How many of the reminders should have gone out by now."""
    return sum(at <= now for at in reminders(opened_at, deadline_at))


def end(counted: Count, *, is_over: bool) -> str:
    """How it ends now: decided, tie, hopeless or no_quorum; empty while it stays open.

    A tie waits for the chair's casting vote until the deadline.
    """
    if counted.standing is Standing.DECIDED:
        return "decided"
    if counted.standing is Standing.TIE:
        return "tie" if is_over else ""
    if counted.standing is Standing.HOPELESS:
        return "hopeless" if counted.quorum.is_met else "no_quorum"
    return ""
