"""The words that a person reads for the codes of this app."""

from changes.domain.lifecycle import State

STATES: dict[str, str] = {
    State.DRAFT: "Draft",
    State.SUBMITTED: "Submitted",
    State.IN_REVIEW: "In review",
    State.DEFERRED: "Deferred",
    State.APPROVED: "Approved",
    State.REJECTED: "Rejected",
    State.SCHEDULED: "Scheduled",
    State.IN_PROGRESS: "In progress",
    State.VERIFYING: "Verifying",
    State.IMPLEMENTED: "Implemented",
    State.BACKED_OUT: "Backed out",
    State.CLOSED: "Closed",
    State.WITHDRAWN: "Withdrawn",
}
