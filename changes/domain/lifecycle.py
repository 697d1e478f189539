"""The life of a change (PRODUCT.md section 3): one table for guard, buttons, API and constraint."""

from enum import StrEnum

from changeboard.refusal import conflict


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    DEFERRED = "deferred"
    APPROVED = "approved"
    REJECTED = "rejected"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    IMPLEMENTED = "implemented"
    BACKED_OUT = "backed_out"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    PREAPPROVE = "preapprove"
    PLACE = "place"
    DEFER = "defer"
    APPROVE = "approve"
    REJECT = "reject"
    RIDE = "ride"
    UNRIDE = "unride"
    REVIEW_AGAIN = "review_again"
    START = "start"
    VERIFY = "verify"
    IMPLEMENT = "implement"
    BACK_OUT = "back_out"
    CLOSE = "close"
    WITHDRAW = "withdraw"


S, A = State, Act
BEFORE_APPROVAL = (S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.DEFERRED)
BEFORE_IN_PROGRESS = (*BEFORE_APPROVAL, S.APPROVED, S.SCHEDULED)
ON_A_WINDOW = (S.SCHEDULED, S.IN_PROGRESS, S.VERIFYING)
# What rode on a window, or rides on it: its place on the window is no longer a mere wish.
RODE = (*ON_A_WINDOW, S.IMPLEMENTED, S.BACKED_OUT, S.CLOSED)
CARRIED_OUT = (S.IMPLEMENTED, S.BACKED_OUT, S.CLOSED)
OVER = (S.REJECTED, S.CLOSED, S.WITHDRAWN)

LIFE: dict[tuple[State, Act], State] = {
    (S.DRAFT, A.SUBMIT): S.SUBMITTED,
    # A standard change from a template that the board approved skips the board.
    (S.DRAFT, A.PREAPPROVE): S.APPROVED,
    (S.SUBMITTED, A.PLACE): S.IN_REVIEW,
    (S.DEFERRED, A.PLACE): S.IN_REVIEW,
    (S.IN_REVIEW, A.PLACE): S.IN_REVIEW,
    (S.IN_REVIEW, A.DEFER): S.DEFERRED,
    (S.IN_REVIEW, A.APPROVE): S.APPROVED,
    (S.IN_REVIEW, A.REJECT): S.REJECTED,
    # An emergency is approved by two board members at once, wherever it waits.
    (S.SUBMITTED, A.APPROVE): S.APPROVED,
    (S.APPROVED, A.RIDE): S.SCHEDULED,
    (S.SCHEDULED, A.UNRIDE): S.APPROVED,
    (S.APPROVED, A.REVIEW_AGAIN): S.IN_REVIEW,
    (S.SCHEDULED, A.REVIEW_AGAIN): S.IN_REVIEW,
    (S.SCHEDULED, A.START): S.IN_PROGRESS,
    (S.IN_PROGRESS, A.VERIFY): S.VERIFYING,
    (S.VERIFYING, A.IMPLEMENT): S.IMPLEMENTED,
    (S.IN_PROGRESS, A.BACK_OUT): S.BACKED_OUT,
    (S.VERIFYING, A.BACK_OUT): S.BACKED_OUT,
    (S.IMPLEMENTED, A.CLOSE): S.CLOSED,
    (S.BACKED_OUT, A.CLOSE): S.CLOSED,
    **{(state, A.EDIT): state for state in BEFORE_IN_PROGRESS},
    **{(state, A.WITHDRAW): S.WITHDRAWN for state in BEFORE_IN_PROGRESS},
}

# The straight road that the page draws; other states stand beside one of these.
PATH = (
    S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.APPROVED, S.SCHEDULED, S.IN_PROGRESS, S.VERIFYING,
    S.IMPLEMENTED, S.CLOSED,
)  # fmt: skip


def after(state: str, act: Act) -> State:
    """The state that `act` leads to. Refused (409) with the legal acts named when there is no such line."""
    try:
        return LIFE[State(state), act]
    except KeyError:
        raise conflict(
            "change.act_not_legal", legal=legal(state), state=State(state).value, act=act.value
        ) from None


def legal(state: str) -> list[str]:
    """The acts that are possible in `state`, in the order of the life."""
    return [act.value for act in Act if (State(state), act) in LIFE]


def allows(state: str, act: Act) -> bool:
    return (State(state), act) in LIFE
