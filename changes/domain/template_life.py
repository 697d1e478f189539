"""The life of a template (PRODUCT.md section 3): one table for guard, buttons and constraint. Pure."""

from datetime import date
from enum import StrEnum

from changeboard.refusal import Reason, conflict


class State(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    REJECTED = "rejected"
    RETIRED = "retired"


class Act(StrEnum):
    DEFER = "defer"
    APPROVE = "approve"
    REJECT = "reject"
    SUSPEND = "suspend"
    PROPOSE_AGAIN = "propose_again"
    RETIRE = "retire"


S, A = State, Act
# Only the board's approval leads here; what was proposed again must be approved again.
BY_THE_BOARD = (S.APPROVED, S.SUSPENDED)

LIFE: dict[tuple[State, Act], State] = {
    (S.PROPOSED, A.DEFER): S.PROPOSED,
    (S.PROPOSED, A.APPROVE): S.APPROVED,
    (S.PROPOSED, A.REJECT): S.REJECTED,
    (S.APPROVED, A.SUSPEND): S.SUSPENDED,
    (S.APPROVED, A.PROPOSE_AGAIN): S.PROPOSED,
    (S.SUSPENDED, A.PROPOSE_AGAIN): S.PROPOSED,
    (S.REJECTED, A.PROPOSE_AGAIN): S.PROPOSED,
    (S.PROPOSED, A.RETIRE): S.RETIRED,
    (S.APPROVED, A.RETIRE): S.RETIRED,
    (S.SUSPENDED, A.RETIRE): S.RETIRED,
}


def after(state: str, act: Act) -> State:
    """The state that `act` leads to. Refused (409) with the legal acts named when there is no such line."""
    try:
        return LIFE[State(state), act]
    except KeyError:
        raise conflict(
            "template.act_not_legal", legal=legal(state), state=State(state).value, act=act.value
        ) from None


def legal(state: str) -> list[str]:
    """The acts that are possible in `state`."""
    return [act.value for act in Act if (State(state), act) in LIFE]


def allows(state: str, act: Act) -> bool:
    return (State(state), act) in LIFE


def is_expired(state: str, expires_on: date, *, on: date) -> bool:
    """An approval ends with the day `expires_on`: nobody has to write that."""
    return state == State.APPROVED and expires_on < on


def unusable(state: str, expires_on: date, *, on: date) -> list[Reason]:
    """Why nothing is approved by this template on this day; empty when it is valid."""
    if state != State.APPROVED:
        return [Reason(f"template.is_{state}", {}, "template")]
    if is_expired(state, expires_on, on=on):
        return [Reason("template.is_expired", {"on": expires_on}, "template")]
    return []
