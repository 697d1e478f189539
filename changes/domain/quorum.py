"""Quorum, tally, and when an item is mathematically decided or hopeless (PRODUCT.md section 7). Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

PERCENT_NEEDED = 50
GROUPS_NEEDED = 3
# Of an emergency, between meetings (PRODUCT.md section 3).
EMERGENCY_APPROVALS = 2


@dataclass(frozen=True)
class Seat:
    """A seat on the board: its member and the group that the member speaks for."""

    person_id: int
    name: str
    group_id: int | None
    group: str = ""


@dataclass(frozen=True)
class Needed:
    """What a quorum takes: a share of the members in percent, rounded up, and how many groups."""

    percent: int = PERCENT_NEEDED
    groups: int = GROUPS_NEEDED


HALF_AND_THREE_GROUPS = Needed()


@dataclass(frozen=True)
class Quorum:
    members: int
    needed: int
    present: int
    groups: int
    groups_needed: int
    missing: tuple[str, ...]
    missing_groups: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed and self.groups >= self.groups_needed


def quorum(
    seats: Iterable[Seat],
    present: Collection[int],
    *,
    needed: Needed = HALF_AND_THREE_GROUPS,
    barred: Collection[int] = (),
) -> Quorum:
    """Enough of the members, from enough groups. `missing` names who is away, and which groups have nobody.

    Who is barred from the vote does not count, though their seat is one of the members it is a share of.
    """
    seats = list(seats)
    able = [seat for seat in seats if seat.person_id not in barred]
    here = [seat for seat in able if seat.person_id in present]
    groups = {seat.group_id for seat in here if seat.group_id is not None}
    away = [seat for seat in able if seat.person_id not in present]
    return Quorum(
        members=len(seats),
        needed=-(-len(seats) * needed.percent // 100),
        present=len(here),
        groups=len(groups),
        groups_needed=needed.groups,
        missing=tuple(seat.name for seat in away),
        missing_groups=tuple(
            dict.fromkeys(seat.group for seat in away if seat.group and seat.group_id not in groups)
        ),
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

    @property
    def so_far(self) -> Lean:
        """Which way it goes if nobody else votes."""
        return Tally(self.approve, self.objections, self.abstain, 0).lean


def tally(choices: Iterable[str], eligible: int) -> Tally:
    """Count the votes of `eligible` seats; those who have not voted are to come."""
    votes = list(choices)
    return Tally(
        votes.count("approve"), votes.count("object"), votes.count("abstain"), max(0, eligible - len(votes))
    )


class Standing(StrEnum):
    """Where an item stands: `tie` waits for the chair's casting vote, `hopeless` for another meeting."""

    OPEN = "open"
    DECIDED = "decided"
    TIE = "tie"
    HOPELESS = "hopeless"


@dataclass(frozen=True)
class Count:
    """The votes and the quorum of one item. `silent` names who is present, may vote and has not."""

    tally: Tally
    quorum: Quorum
    within_reach: bool
    silent: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        """Decided or hopeless whoever else votes; what is decided stays so.

        Hopeless is what cannot reach its quorum, or what nobody can approve any more before there is one.
        """
        lean = self.tally.lean
        if not self.within_reach or (lean is Lean.TIE and self.tally.approve == 0):
            return Standing.HOPELESS
        if lean is Lean.TIE and self.quorum.is_met:
            return Standing.TIE
        if lean in (Lean.APPROVE, Lean.OBJECT) and self.quorum.is_met:
            return Standing.DECIDED
        return Standing.HOPELESS if lean is Lean.OBJECT else Standing.OPEN


def count(
    seats: Iterable[Seat],
    votes: Mapping[int, str],
    *,
    barred: Collection[int] = (),
    present: Collection[int] = (),
    needed: Needed = HALF_AND_THREE_GROUPS,
    is_over: bool = False,
) -> Count:
    """Count an item. `votes` is seat → choice; all by the person id of the seat's member.

    Votes of who is barred are left out. `is_over`: nobody votes any more.
    """
    seats = list(seats)
    able = {seat.person_id for seat in seats} - set(barred)
    cast = {seat: choice for seat, choice in votes.items() if seat in able}
    here = (set(present) | set(cast)) & able
    counted = quorum(seats, here, needed=needed, barred=barred)
    return Count(
        tally=tally(cast.values(), len(cast) if is_over else len(able)),
        quorum=counted,
        within_reach=counted.is_met if is_over else quorum(seats, able, needed=needed, barred=barred).is_met,
        silent=tuple(seat.name for seat in seats if seat.person_id in here - set(cast)),
    )
