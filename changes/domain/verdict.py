"""Who has no vote on an item, and what speaks against recording a decision (PRODUCT.md section 7). Pure."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from changeboard.refusal import Reason
from changes.domain.quorum import Count, Lean


class Bar(StrEnum):
    """Why a person has no vote on an item."""

    OWN = "own_change"
    PAIR = "stands_in"
    CONFLICT = "conflict"


class Verdict(StrEnum):
    """What a decision does to the item, with conditions or without."""

    APPROVE = "approve"
    REJECT = "reject"
    DEFER = "defer"


WAY = {Verdict.APPROVE: Lean.APPROVE, Verdict.REJECT: Lean.OBJECT}
NOBODY = {
    Verdict.APPROVE: Reason("decision.nobody_approved"),
    Verdict.REJECT: Reason("decision.nobody_objected"),
}


def barred(
    *, requester_id: int | None, pairs: Iterable[tuple[int, int]] = (), conflicted: Collection[int] = ()
) -> dict[int, Bar]:
    """Person → why they have no vote. `pairs` are (member, substitute) of today.

    Nobody votes on their own change. Where one of a pair requested it, neither votes.
    """
    found = dict.fromkeys(conflicted, Bar.CONFLICT)
    for pair in pairs:
        if requester_id in pair:
            found |= dict.fromkeys(pair, Bar.PAIR)
    return found if requester_id is None else found | {requester_id: Bar.OWN}


def is_casting(verdict: Verdict, counted: Count) -> bool:
    """Whether this decision is the chair's casting vote: only on a tie, and never to defer."""
    votes = counted.tally
    return verdict in WAY and votes.so_far is Lean.TIE and votes.approve > 0


def against(verdict: Verdict, counted: Count, *, bar: Bar | None) -> list[Reason]:
    """What speaks against recording this: the one who records it, no quorum, the votes, a tie not yet final."""
    if bar is not None:
        return [Reason("decision.conflict" if bar is Bar.CONFLICT else "decision.own_change")]
    if not counted.quorum.is_met:
        return [_no_quorum(counted)]
    votes = counted.tally
    if verdict not in WAY:
        return []
    if votes.so_far is Lean.TIE:
        if votes.approve == 0:
            return [NOBODY[verdict]]
        return [Reason("decision.tie_is_open", {"silent": list(counted.silent)})] if counted.silent else []
    if votes.so_far is not WAY[verdict]:
        facts = {"approve": votes.approve, "object": votes.objections}
        return [Reason(f"decision.{verdict}_against_the_votes", facts)]
    return []


def _no_quorum(counted: Count) -> Reason:
    quorum = counted.quorum
    facts = {
        "present": quorum.present, "needed": quorum.needed, "groups": quorum.groups,
        "groups_needed": quorum.groups_needed, "missing": list(quorum.missing),
        "missing_groups": list(quorum.missing_groups) or "none",
    }  # fmt: skip
    return Reason("decision.no_quorum", facts)
