"""Go is refused while one finding is red (PRODUCT.md section 5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from changeboard.refusal import Reason

# Go opens a little before the window, so that the preparing steps fit.
OPENS_BEFORE = timedelta(minutes=60)


class Checked(Protocol):
    """A finding, as far as this rule needs it."""

    @property
    def code(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def title(self) -> str: ...
    @property
    def detail(self) -> str: ...


def against_go(findings: Iterable[Checked], *, starts_at: datetime, now: datetime) -> list[Reason]:
    """Every reason why Go cannot be said at `now`: one for each red finding, and one if it is too early."""
    reasons = [
        Reason("window.not_ready", {"code": finding.code, "title": finding.title, "detail": finding.detail})
        for finding in findings
        if not finding.ok
    ]
    if now < starts_at - OPENS_BEFORE:
        reasons.append(Reason("window.go_opens_later", {"at": starts_at - OPENS_BEFORE}))
    return reasons
