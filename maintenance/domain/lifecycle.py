"""The life of a window (PRODUCT.md section 5): one table for guard, buttons, API and constraint."""

from enum import StrEnum

from changeboard.refusal import conflict


class State(StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Act(StrEnum):
    ANNOUNCE = "announce"
    MOVE = "move"
    SET_BUDGET = "set_budget"
    CANCEL = "cancel"
    GO = "go"
    FINISH = "finish"
    COMPLETE = "complete"


S, A = State, Act
AHEAD = (S.PLANNED, S.ANNOUNCED)
OPEN = (*AHEAD, S.IN_PROGRESS, S.VERIFYING)

LIFE: dict[tuple[State, Act], State] = {
    (S.PLANNED, A.ANNOUNCE): S.ANNOUNCED,
    (S.PLANNED, A.MOVE): S.PLANNED,
    # Who was told of the old date is told of the new one; then its milestones start anew.
    (S.ANNOUNCED, A.MOVE): S.PLANNED,
    (S.PLANNED, A.SET_BUDGET): S.PLANNED,
    (S.ANNOUNCED, A.SET_BUDGET): S.ANNOUNCED,
    # Cancelled is the end: clients were told so, and their calendars struck it. What is planned again is a new
    # window, which they are told of from the beginning.
    (S.PLANNED, A.CANCEL): S.CANCELLED,
    (S.ANNOUNCED, A.CANCEL): S.CANCELLED,
    (S.PLANNED, A.GO): S.IN_PROGRESS,
    (S.ANNOUNCED, A.GO): S.IN_PROGRESS,
    (S.IN_PROGRESS, A.FINISH): S.VERIFYING,
    (S.VERIFYING, A.COMPLETE): S.COMPLETED,
}


def after(state: str, act: Act) -> State:
    """The state that `act` leads to. Refused (409), naming the legal acts, without such a line."""
    try:
        return LIFE[State(state), act]
    except KeyError:
        raise conflict(
            "window.act_not_legal", legal=legal(state), state=State(state).value, act=act.value
        ) from None


def legal(state: str) -> list[str]:
    """The acts that are possible in `state`, in the order of the life."""
    return [act.value for act in Act if (State(state), act) in LIFE]
