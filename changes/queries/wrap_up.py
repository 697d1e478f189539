"""How a change went: what stands before closing it, and what was said beforehand beside what came."""

from dataclasses import dataclass

from changes.domain import closing, troubles
from changes.domain.lifecycle import CARRIED_OUT, RODE, State
from changes.models import Change, Kind, Review
from maintenance.models import Window

TROUBLE_SHOWS = tuple(state for state in RODE if state != State.SCHEDULED)


@dataclass(frozen=True)
class Record:
    """A record of trouble as it is shown: with where it leads, "" for a number of another system."""

    words: str
    url: str


@dataclass(frozen=True)
class WrapUp:
    """Before and after, side by side. Downtimes in seconds; `stopwatch` is None while nothing was measured."""

    review: Review | None
    stopwatch: int | None
    records: list[Record]
    may_review: bool
    may_close: bool
    may_link: bool

    @property
    def is_shown(self) -> bool:
        return bool(self.review or self.records or self.may_review or self.may_link)

    @property
    def was_sure(self) -> bool:
        """Whether it went as its requester was confident that it would."""
        return self.review is not None and self.review.outcome == Review.Outcome.AS_PLANNED

    @property
    def is_corrected(self) -> bool:
        """Whether the review gives another downtime than the stopwatch of the window."""
        return self.review is not None and self.stopwatch not in (None, self.review.actual_downtime_seconds)


def carried_out(change: Change) -> closing.CarriedOut:
    """How it went so far. At most two queries."""
    return closing.CarriedOut(
        is_emergency=change.kind == Kind.EMERGENCY,
        was_backed_out=change.state == State.BACKED_OUT,
        down_seconds=_down_seconds(change),
        reviewed=Review.objects.filter(change=change).values_list("outcome", flat=True).first() or "",
    )


def wrap_up(change: Change, review: Review | None, *, may_review: bool) -> WrapUp:
    """What the page of a change says of how it went; `may_review` whether the reader may. No query."""
    return WrapUp(
        review=review,
        stopwatch=change.window.actual_downtime_seconds if change.window else None,
        records=[_record(each) for each in change.trouble_records],
        may_review=may_review and change.state in CARRIED_OUT,
        may_close=may_review and change.state in (State.IMPLEMENTED, State.BACKED_OUT),
        may_link=may_review and change.state in TROUBLE_SHOWS,
    )


def _record(words: str) -> Record:
    if troubles.is_change(words):
        return Record(words, Change(reference=words).get_absolute_url())
    return Record(words, words if troubles.is_address(words) else "")


def _down_seconds(change: Change) -> int:
    """What the stopwatch of its window says; nothing where only its neighbours may have been down."""
    window: Window | None = change.window
    down = window.actual_downtime_seconds if window else 0
    if window is None or not down or change.worst_down_seconds:
        return down or 0
    neighbours = Change.objects.riding_on(window).exclude(pk=change.pk)
    return 0 if neighbours.filter(worst_down_seconds__gt=0).exists() else down
