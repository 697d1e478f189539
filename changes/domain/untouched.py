"""When a change lies untouched for too long, and who hears of it (PRODUCT.md section 3). Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from changes.domain import working_days
from changes.domain.lifecycle import State


class Whose(StrEnum):
    """Who is asked to move it on."""

    REQUESTER = "requester"
    CHAIR = "chair"
    RELEASE_ENGINEER = "release_engineer"


@dataclass(frozen=True)
class Patience:
    """After `days` without anything happening its first person hears of it, after twice as many the second."""

    days: int
    are_working: bool
    first: Whose
    second: Whose


W = Whose
PATIENCE: dict[State, Patience] = {
    State.DRAFT: Patience(30, False, W.REQUESTER, W.REQUESTER),
    State.SUBMITTED: Patience(14, False, W.CHAIR, W.CHAIR),
    State.IN_REVIEW: Patience(14, False, W.CHAIR, W.CHAIR),
    State.DEFERRED: Patience(14, False, W.REQUESTER, W.CHAIR),
    State.APPROVED: Patience(5, True, W.REQUESTER, W.RELEASE_ENGINEER),
    State.IMPLEMENTED: Patience(5, True, W.REQUESTER, W.CHAIR),
    State.BACKED_OUT: Patience(5, True, W.REQUESTER, W.CHAIR),
}


def limit(state: State, *, today: date, free: Container[date], times: int = 1) -> timedelta | None:
    """How long is too long today, None where nothing is expected. `free` holds the public holidays."""
    patience = PATIENCE.get(state)
    if patience is None:
        return None
    if not patience.are_working:
        return timedelta(days=patience.days * times)
    return today - working_days.before(today, patience.days * times, free)


def limits(today: date, free: Container[date], *, times: int = 1) -> dict[State, timedelta]:
    """The same for every state that has one."""
    found = {state: limit(state, today=today, free=free, times=times) for state in PATIENCE}
    return {state: length for state, length in found.items() if length is not None}


def lies(state: State, touched_at: datetime, *, now: datetime, limits: Mapping[State, timedelta]) -> bool:
    """Whether nothing has happened for longer than the limit of its state."""
    return state in limits and now - touched_at > limits[state]


def states_of(whose: Whose, *, times: int = 1) -> list[State]:
    """The states in which this person hears of it after once or twice the limit."""
    who = "first" if times == 1 else "second"
    return [state for state, patience in PATIENCE.items() if getattr(patience, who) == whose]
