"""The life of a delivery: one table for the guard, the buttons and the check constraint.

"Accepted" means that a server said 250, no more; bounced, seen and acknowledged are states of their own.
A planned row that was tried is waiting for its next try.
"""

from enum import StrEnum

from changeboard.refusal import conflict


class State(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    ACCEPTED = "accepted"
    OFFERED = "offered"
    SEEN = "seen"
    ACKNOWLEDGED = "acknowledged"
    BOUNCED = "bounced"
    FAILED = "failed"
    HELD = "held"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    WAIVED = "waived"


class Report(StrEnum):
    """What the other side tells of a delivery later, on its own: an entry of the ledger like an answer."""

    # Came back; not even sent on by a provider that knows the address; given up after days of "not now".
    BOUNCED = "bounced"
    REJECTED = "rejected"
    EXPIRED = "expired"
    # The reader does not want these; it waits on its way; the reader's own server took it.
    COMPLAINED = "complained"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    SEEN = "seen"
    ACKNOWLEDGED = "acknowledged"


class Act(StrEnum):
    CLAIM = "claim"
    ACCEPT = "accept"
    OFFER = "offer"
    RETRY = "retry"
    FAIL = "fail"
    SKIP = "skip"
    SUPERSEDE = "supersede"
    REVIVE = "revive"
    HOLD = "hold"
    RELEASE = "release"
    RESEND = "resend"
    WAIVE = "waive"
    LOG_CALL = "log_call"
    BOUNCE = "bounce"
    SEE = "see"
    ACKNOWLEDGE = "acknowledge"


S, A = State, Act
LIFE: dict[tuple[State, Act], State] = {
    (S.PLANNED, A.CLAIM): S.SENDING,
    (S.PLANNED, A.SKIP): S.SKIPPED,
    (S.PLANNED, A.SUPERSEDE): S.SUPERSEDED,
    (S.SUPERSEDED, A.REVIVE): S.PLANNED,
    (S.PLANNED, A.HOLD): S.HELD,
    (S.PLANNED, A.WAIVE): S.WAIVED,
    (S.PLANNED, A.LOG_CALL): S.ACCEPTED,
    (S.PLANNED, A.SEE): S.SEEN,
    (S.PLANNED, A.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.SENDING, A.ACCEPT): S.ACCEPTED,
    (S.SENDING, A.OFFER): S.OFFERED,
    (S.SENDING, A.RETRY): S.PLANNED,
    (S.SENDING, A.FAIL): S.FAILED,
    (S.SENDING, A.SKIP): S.SKIPPED,
    (S.SENDING, A.SUPERSEDE): S.SUPERSEDED,
    (S.SENDING, A.SEE): S.SEEN,
    (S.SENDING, A.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.HELD, A.RELEASE): S.PLANNED,
    (S.HELD, A.SUPERSEDE): S.SUPERSEDED,
    (S.HELD, A.WAIVE): S.WAIVED,
    (S.HELD, A.LOG_CALL): S.ACCEPTED,
    (S.FAILED, A.RESEND): S.PLANNED,
    (S.FAILED, A.WAIVE): S.WAIVED,
    (S.FAILED, A.LOG_CALL): S.ACCEPTED,
    (S.FAILED, A.SEE): S.SEEN,
    (S.FAILED, A.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.BOUNCED, A.RESEND): S.PLANNED,
    (S.BOUNCED, A.WAIVE): S.WAIVED,
    (S.BOUNCED, A.LOG_CALL): S.ACCEPTED,
    (S.SKIPPED, A.WAIVE): S.WAIVED,
    (S.SKIPPED, A.LOG_CALL): S.ACCEPTED,
    (S.ACCEPTED, A.BOUNCE): S.BOUNCED,
    (S.ACCEPTED, A.SEE): S.SEEN,
    (S.ACCEPTED, A.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.OFFERED, A.SEE): S.SEEN,
    (S.OFFERED, A.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.SEEN, A.ACKNOWLEDGE): S.ACKNOWLEDGED,
}

OPEN = (S.PLANNED, S.HELD)
TOLD = (S.ACCEPTED, S.OFFERED, S.SEEN, S.ACKNOWLEDGED)
NEEDS_A_PERSON = (S.FAILED, S.BOUNCED)


def after(state: str, act: Act) -> State:
    """The state that follows. Refused with 409, naming the legal acts, where the table has no line."""
    try:
        return LIFE[State(state), act]
    except KeyError:
        raise conflict(f"delivery.cannot_{act}", legal=legal(state), state=state) from None


def legal(state: str) -> list[str]:
    """The acts that are possible now, in the table's order."""
    return [act.value for (before, act) in LIFE if before == state]


def before(act: Act) -> list[str]:
    """The states in which an act is legal: what a conditional UPDATE asks for."""
    return [state.value for (state, possible) in LIFE if possible is act]
