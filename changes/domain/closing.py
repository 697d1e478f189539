"""What a change needs before it is closed (PRODUCT.md section 3): without it, success rates mean nothing. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from changeboard.refusal import Reason

# How a review saw it → the close codes that say the same.
SAME: dict[str, frozenset[str]] = {
    "as_planned": frozenset({"successful"}),
    "with_issues": frozenset({"successful_with_issues", "unsuccessful"}),
    "backed_out": frozenset({"backed_out"}),
}
CODES = frozenset().union(*SAME.values())
TROUBLE = frozenset({"successful_with_issues", "unsuccessful"})
# Why a review comes first, in the order in which it is told.
BY_CODE = {
    "backed_out": "close.no_review_backed_out",
    "unsuccessful": "close.no_review_unsuccessful",
    "successful_with_issues": "close.no_review_with_issues",
}


@dataclass(frozen=True)
class CarriedOut:
    """How it went, before anybody closes it: `down_seconds` by the stopwatch of its window, as far as the
    downtime may have been this change's; `reviewed` the outcome of its review, "" without one."""

    is_emergency: bool = False
    was_backed_out: bool = False
    down_seconds: int = 0
    reviewed: str = ""


def faults(was: CarriedOut, *, close_code: str, troubles: Collection[str]) -> list[Reason]:
    """Everything that stands between this change and being closed with `close_code`, each beside its field."""
    if close_code not in CODES:
        return [Reason("close.no_code", {}, "close_code"), *_unreviewed(was, "")]
    found = _unreviewed(was, close_code)
    if was.was_backed_out and close_code != "backed_out":
        found.append(Reason("close.was_backed_out", {}, "close_code"))
    elif was.reviewed and not agrees(close_code, was.reviewed):
        found.append(Reason(f"close.reviewed_{was.reviewed}", {}, "close_code"))
    if close_code in TROUBLE and not troubles:
        found.append(Reason("close.no_record", {}, "trouble_records"))
    return found


def agrees(close_code: str, outcome: str) -> bool:
    """Whether the close code says what the review says."""
    return close_code in SAME.get(outcome, frozenset())


def first_code(was: CarriedOut) -> str:
    """The close code that the form proposes, "" where the review leaves a choice."""
    if was.was_backed_out:
        return "backed_out"
    fitting = SAME.get(was.reviewed or "as_planned", frozenset())
    return next(iter(fitting)) if len(fitting) == 1 else ""


def needs_review(was: CarriedOut, close_code: str = "") -> list[Reason]:
    """Every reason for which this change is reviewed before it is closed; empty where a review is a choice."""
    reasons = [Reason("close.no_review")] if was.is_emergency else []
    if was.down_seconds:
        reasons.append(
            Reason("close.no_review_down", {"down": f"{was.down_seconds // 60}:{was.down_seconds % 60:02d}"})
        )
    by = BY_CODE.get("backed_out" if was.was_backed_out else close_code)
    return [*reasons, Reason(by)] if by else reasons


def _unreviewed(was: CarriedOut, close_code: str) -> list[Reason]:
    return [] if was.reviewed else needs_review(was, close_code)
