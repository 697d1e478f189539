"""How a window's downtime budget is split among what rides on it."""

from collections.abc import Sequence

from maintenance.contributions import Claim
from maintenance.domain import shares as rules
from maintenance.domain.budget import Length
from maintenance.domain.shares import Portion, Source
from maintenance.models import Window


def portions(window: Window, claims: Sequence[Claim]) -> list[Portion]:
    """What each that rides may take and wants, and what is kept. `claims` are those on the window. One query."""
    wants = [
        rules.Want(
            claim.label, Length(claim.planned_seconds, claim.worst_seconds), source_of(claim), claim.url
        )
        for claim in claims
    ]
    return rules.portions([row.as_share for row in window.shares.all()], wants)


def source_of(claim: Claim) -> Source:
    return claim.source_kind, claim.source_id
