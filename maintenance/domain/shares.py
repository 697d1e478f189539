"""A window's downtime budget, split: what each change on it may take, and what is kept for a purpose. Pure.

What is kept for something that is not filed yet is taken out of what others may use; the share of a change
is a promise to it and takes nothing from the sums, where the change itself stands already.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from changeboard.refusal import Reason
from maintenance.domain.budget import Length, sums

Source = tuple[str, int]


@dataclass(frozen=True)
class Share:
    """Seconds of the budget, for the source of a claim (a change), or with none kept for what `label` says."""

    label: str
    seconds: int
    source: Source | None = None


@dataclass(frozen=True)
class Portion:
    """What one source wants beside its share; `seconds` None: nobody gave it one. All in seconds."""

    label: str
    seconds: int | None
    planned: int
    likely_worst: int
    source: Source | None = None
    url: str = ""

    @property
    def over_by(self) -> int:
        """By how much its likely worst exceeds its share; 0 within it or without one."""
        return 0 if self.seconds is None else max(0, self.likely_worst - self.seconds)


@dataclass(frozen=True)
class Want:
    """One claim on the budget, by whom."""

    label: str
    length: Length
    source: Source
    url: str = ""


def kept(shares: Iterable[Share]) -> int:
    """Seconds that are kept for purposes, which riding changes may not use."""
    return sum(share.seconds for share in shares if share.source is None)


def faults(shares: Sequence[Share], budget_seconds: int, riding: Collection[Source]) -> list[Reason]:
    """Why a budget cannot be split like this; empty when it can."""
    found = []
    total = sum(share.seconds for share in shares)
    if total > budget_seconds:
        found.append(Reason("share.more_than_the_budget", {"over": total - budget_seconds}))
    labels = [share.label.strip().casefold() for share in shares if share.source is None]
    if "" in labels:
        found.append(Reason("share.without_a_purpose"))
    if len(labels) != len(set(labels)):
        found.append(Reason("share.twice"))
    found += [
        Reason("share.not_riding", {"label": share.label})
        for share in shares
        if share.source is not None and share.source not in riding
    ]
    return found


def portions(shares: Sequence[Share], wants: Iterable[Want]) -> list[Portion]:
    """Each source that rides, with its share; then what is kept; then shares of what rides no more."""
    by_source: dict[Source, list[Want]] = {}
    for want in wants:
        by_source.setdefault(want.source, []).append(want)
    given = {share.source: share for share in shares if share.source is not None}
    found = []
    for source, own in by_source.items():
        total = sums((want.length for want in own), 0)
        seconds = given.pop(source).seconds if source in given else None
        found.append(Portion(own[0].label, seconds, total.planned, total.likely_worst, source, own[0].url))
    found += [Portion(share.label, share.seconds, 0, 0) for share in shares if share.source is None]
    return found + [Portion(share.label, share.seconds, 0, 0, share.source) for share in given.values()]
