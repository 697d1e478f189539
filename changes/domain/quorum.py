"""Quorum, tally, and when an item is mathematically decided (PRODUCT.md section 7). Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

GROUPS_NEEDED = 3
# Approvals of an emergency between meetings (PRODUCT.md section 3).
EMERGENCY_APPROVALS = 2


@dataclass(frozen=True)
class Seat:
    """A seat on the board: its member and the group that the member speaks for."""

    person_id: int
    name: str
    group_id: int | None


@dataclass(frozen=True)
class Quorum:
    members: int
    needed: int
    present: int
    groups: int
    groups_needed: int
    missing: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed and self.groups >= self.groups_needed


def quorum(seats: Iterable[Seat], present: Collection[int], *, groups_needed: int = GROUPS_NEEDED) -> Quorum:
    """Half of the members, rounded up, from at least `groups_needed` groups. `missing` names who is away."""
    seats = list(seats)
    here = [seat for seat in seats if seat.person_id in present]
    return Quorum(
        members=len(seats),
        needed=(len(seats) + 1) // 2,
        present=len(here),
        groups=len({seat.group_id for seat in here if seat.group_id is not None}),
        groups_needed=groups_needed,
        missing=tuple(seat.name for seat in seats if seat.person_id not in present),
    )


class Lean(StrEnum):
    """Which way a vote goes, whoever may still vote."""

    OPEN = "open"
    APPROVE = "approve"
    OBJECT = "object"
    TIE = "tie"


@dataclass(frozen=True)
class Tally:
    approve: int
    objections: int
    abstain: int
    to_come: int

    @property
    def lean(self) -> Lean:
        """Decided as soon as those to come cannot turn it; a tie is the chair's to break."""
        if self.approve > self.objections + self.to_come:
            return Lean.APPROVE
        if self.objections > self.approve + self.to_come:
            return Lean.OBJECT
        return Lean.OPEN if self.to_come else Lean.TIE


def tally(choices: Iterable[str], eligible: int) -> Tally:
    """Count the votes of `eligible` seats; those who have not voted are to come."""
    votes = list(choices)
    return Tally(
        votes.count("approve"), votes.count("object"), votes.count("abstain"), max(0, eligible - len(votes))
    )


def may_vote(person_id: int, *, requester_id: int | None, named_by_requester: Collection[int]) -> bool:
    """Nobody votes on their own change, nor does a substitute whom its requester named."""
    return person_id != requester_id and person_id not in named_by_requester
