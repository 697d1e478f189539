"""Windows that are there already and have room left: whether a wish may ride on each. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from changeboard.refusal import Reason
from maintenance.domain import budget
from maintenance.domain.budget import Length, Sums
from maintenance.domain.conflicts import Span
from maintenance.domain.slot_clients import Hit
from maintenance.domain.slot_search import Finder, is_short_notice


@dataclass(frozen=True)
class Offer:
    """A window ahead with the downtime that is claimed there by others."""

    span: Span
    budget_seconds: int
    claimed: tuple[Length, ...] = ()


@dataclass(frozen=True)
class Ride:
    """A window and the sums with the wish on board; `against` is empty where it fits."""

    span: Span
    sums: Sums
    against: tuple[Reason, ...]
    is_short_notice: bool
    holiday: str
    hit: Hit
    orders: float | None

    @property
    def fits(self) -> bool:
        return not self.against


def rides(finder: Finder, offers: Iterable[Offer]) -> list[Ride]:
    """Each window of the wish's systems between its days: those that fit first, then by date.

    A ride does not change where the window lies, so only the room left, the length and a freeze stand against it.
    """
    wish = finder.wish
    own = [offer for offer in offers if offer.span.system_id in wish.system_ids]
    found = [_ride(finder, offer) for offer in own if wish.first <= offer.span.on <= wish.last]
    return sorted(found, key=lambda ride: (not ride.fits, ride.span.starts_at))


def _ride(finder: Finder, offer: Offer) -> Ride:
    wish, span = finder.wish, offer.span
    sums = budget.sums(
        [*offer.claimed, Length(wish.planned_seconds, wish.worst_seconds)], offer.budget_seconds
    )
    against = []
    if sums.is_over and wish.disturbs:
        against.append(
            Reason("slot.over_budget", {"over_by": f"{sums.over_by // 60}:{sums.over_by % 60:02}"})
        )
    if (span.ends_at - span.starts_at).total_seconds() < wish.length_seconds:
        against.append(Reason("slot.window_too_short", {}))
    against += [
        Reason(
            "window.in_freeze", {"freeze": freeze.name, "until": freeze.ends_at, "since": freeze.starts_at}
        )
        for freeze in finder.standing.freezes
        if freeze.hard and freeze.holds_for(span)
    ]
    return Ride(
        span, sums, tuple(against), is_short_notice(wish, span.starts_at, finder.standing),
        finder.standing.holidays.get(span.on, ""), finder.hit_of(span), finder.orders(span.starts_at),
    )  # fmt: skip
