"""Where a change stands on its road, as the path on its page draws it."""

from changes import labels
from changes.domain.lifecycle import PATH, State

Stop = tuple[str, str]
# States beside the road stand in the place of one that is on it.
BESIDE = {
    State.DEFERRED: State.IN_REVIEW,
    State.REJECTED: State.APPROVED,
    State.BACKED_OUT: State.IMPLEMENTED,
}
DRAWN = tuple(state for state in PATH if state is not State.VERIFYING)


def stops(state: str) -> list[Stop]:
    """(word, how) for each stop; how is done, now, bad or todo. Verifying is drawn as in progress."""
    here = State(state)
    if here is State.WITHDRAWN:
        return [(labels.STATES[State.DRAFT], "done"), (labels.STATES[here], "bad")]
    place = BESIDE.get(here, State.IN_PROGRESS if here is State.VERIFYING else here)
    at = DRAWN.index(place)
    return [_stop(number - at, stop, here) for number, stop in enumerate(DRAWN)]


def _stop(distance: int, stop: State, here: State) -> Stop:
    if distance < 0:
        return labels.STATES[stop], "done"
    if distance > 0:
        return labels.STATES[stop], "todo"
    if here is State.CLOSED:
        return labels.STATES[here], "done"
    return labels.STATES[here], "bad" if here in BESIDE else "now"
