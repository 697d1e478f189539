"""The notice policy as its page shows it: who is told when, whom that is, quiet periods, contracts, versions."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from changeboard.directory.models import Client, Contact
from changeboard.history.queries import Line as HistoryLine
from changeboard.history.queries import timeline
from notifications import labels, policy_labels
from notifications.domain.milestones import ORDER, Audience
from notifications.domain.policy import Period, Policy
from notifications.models import NoticePolicy
from notifications.queries import policy, policy_words
from notifications.queries.policy_words import Said

VERSIONS = 10


@dataclass(frozen=True)
class Block:
    """One audience: whom that means, how many that are, and its lines in the order of their times."""

    audience: str
    concerns: str
    many: int
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class QuietRow:
    period: Period
    audiences: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    version: NoticePolicy
    blocks: tuple[Block, ...]
    quiet: tuple[QuietRow, ...]
    contracts: list[Client]
    history: list[HistoryLine]


def page() -> Page:
    """Seven queries."""
    found, versions = policy.in_force(), list(NoticePolicy.objects.select_related("saved_by")[:VERSIONS])
    told_first = max(
        (line.days_before for line in found.lines if line.audience is Audience.CLIENTS), default=0
    )
    longer = Client.objects.active().filter(contract_lead_days__gt=told_first)
    return Page(
        versions[0],
        tuple(blocks(found)),
        tuple(QuietRow(each, tuple(policy_words.audiences(each))) for each in found.periods),
        list(longer.order_by("-contract_lead_days", "name")),
        timeline(*versions),
    )


def blocks(found: Policy) -> list[Block]:
    """Two queries."""
    codes, many = policy_words.systems(), _many()
    lines: dict[Audience, list[Said]] = defaultdict(list)
    for line in sorted(found.lines, key=lambda line: (ORDER.index(line.milestone), line.when)):
        lines[line.audience].append(policy_words.said(line, codes))
    return [
        Block(labels.AUDIENCES[each], policy_labels.CONCERNS[each], many[each], tuple(lines[each]))
        for each in Audience
    ]


def _many() -> dict[Audience, int]:
    """How many contacts each audience has. One query."""
    internal = Q(client=None)
    counted = (
        Contact.objects.active()
        .order_by()
        .aggregate(
            clients=Count("pk", filter=~internal),
            internal=Count("pk", filter=internal & Q(is_person=False)),
            circle=Count("pk", filter=internal & Q(is_person=True)),
        )
    )
    return {
        Audience.CLIENTS: counted["clients"],
        Audience.INTERNAL: counted["internal"],
        Audience.WIDER_CIRCLE: counted["circle"],
    }
