"""Readiness of a window as far as the board's part goes: conditions met, re-test passed, circle aligned."""

from datetime import datetime

from changes.domain.lifecycle import RODE
from changes.models import Change, Condition, ReTest, SignOff
from maintenance.contributions import Finding
from maintenance.models import Window


def findings(window: Window, *, now: datetime) -> list[Finding]:
    """One line each; alignment and re-test only where a short-notice change rides. At most five queries."""
    aboard = list(Change.objects.filter(window=window, state__in=RODE).select_related("requester", "window"))
    found = [_conditions(aboard, now)]
    short = [change for change in aboard if change.is_short_notice(now=now)]
    return found + ([_re_test(short, now), _alignment(short, now)] if short else [])


def _conditions(aboard: list[Change], now: datetime) -> Finding:
    unmet = Condition.objects.filter(change__in=aboard, met_at=None).select_related("owner", "change")
    rows = list(unmet.order_by("due_at"))
    return Finding(
        code="changes.conditions",
        ok=not rows,
        title=_unmet(len(rows), sum(row.is_overdue(now) for row in rows)),
        detail="; ".join(f"{row.change.reference}: {row.text}, {row.owner}" for row in rows),
        who=str(rows[0].owner) if rows else "",
        url=f"{rows[0].change.get_absolute_url()}#decisions" if rows else "",
        checked_at=now,
    )


def _unmet(count: int, overdue: int) -> str:
    if not count:
        return "Every condition is met"
    words = "1 condition is not met" if count == 1 else f"{count} conditions are not met"
    return f"{words}, {overdue} overdue" if overdue else words


def _re_test(short: list[Change], now: datetime) -> Finding:
    """The newest re-test of each short-notice change must have passed."""
    newest: dict[int, bool] = {}
    for change_id, passed in (
        ReTest.objects.filter(change__in=short).order_by("at").values_list("change", "passed")
    ):
        newest[change_id] = passed
    lacking = [change for change in short if not newest.get(change.pk)]
    return _finding("changes.re_test", "Re-test passed", "No re-test has passed", lacking, now)


def _alignment(short: list[Change], now: datetime) -> Finding:
    waiting = SignOff.objects.filter(change__in=short).exclude(state=SignOff.State.AGREED)
    keys = set(waiting.values_list("change", flat=True))
    lacking = [change for change in short if change.pk in keys]
    return _finding("changes.alignment", "The wider circle agrees", "A group has not agreed", lacking, now)


def _finding(code: str, good: str, bad: str, lacking: list[Change], now: datetime) -> Finding:
    return Finding(
        code=code,
        ok=not lacking,
        title=bad if lacking else good,
        detail=", ".join(f"{change.reference} {change.title}" for change in lacking),
        who=str(lacking[0].requester) if lacking else "",
        url=lacking[0].get_absolute_url() if lacking else "",
        checked_at=now,
    )
