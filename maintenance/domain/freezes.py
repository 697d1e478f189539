"""What a freeze does to a window, and which windows it keeps from going. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from maintenance.domain.conflicts import Frozen, Span

# (window id, freeze id)
Pair = tuple[int, int]


class Bearing(StrEnum):
    """Nothing; a word of warning that somebody disposes of; or it may not go."""

    NONE = "none"
    WARNS = "warns"
    REFUSES = "refuses"


def bearing(freeze: Frozen, window: Span, *, overridden: bool = False) -> Bearing:
    """What `freeze` does to `window`. When it is asked does not matter: a window is frozen by where it lies, so
    that a future freeze blocks nothing today and a past one nothing any more."""
    if overridden or not freeze.holds_for(window):
        return Bearing.NONE
    return Bearing.REFUSES if freeze.hard else Bearing.WARNS


@dataclass(frozen=True)
class Difference:
    """Which freezes are to hold which windows from now on, and which let go of them."""

    to_hold: frozenset[Pair]
    to_release: frozenset[Pair]


def difference(
    windows: Iterable[Span], freezes: Iterable[Frozen], overridden: Collection[Pair], held: Collection[Pair]
) -> Difference:
    """From what is `held` to what should be. `windows` are those that are still ahead; once done, doing it again
    changes nothing. A window that two freezes hold is free when both have let go."""
    spans = list(windows)
    known = [(window, freeze) for freeze in freezes for window in spans]
    wanted = {
        (window.id, freeze.id)
        for window, freeze in known
        if window.id is not None
        and freeze.id is not None
        and bearing(freeze, window, overridden=(window.id, freeze.id) in overridden) is Bearing.REFUSES
    }
    return Difference(frozenset(wanted - set(held)), frozenset(set(held) - wanted))
