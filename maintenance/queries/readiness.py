"""What a window asks of those who ride on it: downtime, steps and readiness before Go."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from django.urls import reverse

from maintenance import labels
from maintenance.contributions import Claim, Finding, Load, Riding, StepToRun, contributors
from maintenance.domain import budget
from maintenance.domain.conflicts import Kind
from maintenance.models import Duty, Window
from maintenance.queries.claims import claims
from maintenance.queries.conflicts import Standing, standing

OVER_BUDGET = Kind.OVER_BUDGET.value
NAMED = (Duty.Role.LEADS, Duty.Role.VERIFIES, Duty.Role.TELLS_CLIENTS)


def sums_by_window(windows: Sequence[Window]) -> dict[int, budget.Sums]:
    """The downtime of several windows against their budgets, by their ids: one question to each contributor."""
    answers = [each.loads_by_window(windows) for each in contributors()]
    found = {}
    for window in windows:
        loads = [answer.get(window.pk, Load()) for answer in answers]
        found[window.pk] = budget.summed(
            sum(load.planned_seconds for load in loads),
            sum(load.worst_seconds for load in loads),
            sum(load.squares for load in loads),
            window.open_budget_seconds,
        )
    return found


def riding_by_window(windows: Sequence[Window]) -> dict[int, Riding]:
    """How much rides on each of several windows: one question to each contributor."""
    answers = [each.riding_by_window(windows) for each in contributors()]
    found = {window.pk: [answer.get(window.pk, Riding()) for answer in answers] for window in windows}
    return {
        pk: Riding(sum(each.count for each in riding), sum(each.short_notice for each in riding))
        for pk, riding in found.items()
    }


def steps(window: Window) -> list[StepToRun]:
    """The deployment plan: everybody's steps, before, during and after the downtime, in that order."""
    every = chain.from_iterable(each.steps(window) for each in contributors())
    return sorted(every, key=lambda step: ("before", "during", "after").index(step.phase))


def sums(window: Window) -> budget.Sums:
    """Planned, worst and likely worst downtime against the window's budget."""
    return sums_of(window, claims(window))


def sums_of(window: Window, wanted: Sequence[Claim]) -> budget.Sums:
    """The sums of claims that are known already."""
    spans = [budget.Length(claim.planned_seconds, claim.worst_seconds) for claim in wanted]
    return budget.sums(spans, window.open_budget_seconds)


def findings(window: Window, *, now: datetime, against: Sequence[Standing] | None = None) -> list[Finding]:
    """Every check before Go, red ones first. A waived one is green and says so. `against`: what stands against
    the window, where that is known already."""
    against = standing(window) if against is None else against
    own = [_budget(window, against, now), *_conflicts(window, against, now), _plan(window, now)]
    own.append(_people(window, now))
    every = [*own, *chain.from_iterable(each.findings(window, now) for each in contributors())]
    return sorted(every, key=lambda finding: finding.ok)


def _conflicts(window: Window, against: Sequence[Standing], now: datetime) -> Iterator[Finding]:
    """A line for each freeze that holds it, and one for what nobody answers for; the budget has its own."""
    who, url = "Release engineer", f"{window.get_absolute_url()}#conflicts"
    others = [each for each in against if each.conflict.kind is not Kind.OVER_BUDGET]
    refused = [each for each in others if each.is_open and each.conflict.is_refused]
    unanswered = [each for each in others if each.is_open and not each.conflict.is_refused]
    for each in refused:
        yield Finding("conflict.freeze", False, each.title, _without_stop(each.sentence), who, url, now)
    if len(unanswered) == 1:
        (only,) = unanswered
        yield Finding("conflicts", False, only.title, _without_stop(only.sentence), who, url, now)
    elif unanswered:
        titles = ", ".join(dict.fromkeys(each.title for each in unanswered))
        many = labels.OPEN_CONFLICTS.format(many=len(unanswered))
        yield Finding("conflicts", False, many, titles, who, url, now)
    elif not refused:
        detail = labels.ANSWERED.format(many=len(others)) if others else labels.NO_CONFLICT
        yield Finding("conflicts", True, "Conflicts answered for", detail, checked_at=now)


def _without_stop(sentence: str) -> str:
    """Who clears it comes after a stop of its own."""
    return sentence.removesuffix(".")


def _budget(window: Window, against: Sequence[Standing], now: datetime) -> Finding:
    total = sums(window)
    is_waived = any(each.conflict.kind is Kind.OVER_BUDGET and not each.is_open for each in against)
    return Finding(
        "downtime_within_budget",
        not total.is_over or is_waived,
        "Downtime within budget",
        f"Over by {_clock(total.over_by)}{', waived' if is_waived else ''}"
        if total.is_over
        else f"{_clock(total.likely_worst)} of {_clock(total.budget)} min at likely worst",
        who="" if not total.is_over or is_waived else "Release engineer",
        url=f"{reverse('maintenance:waive', args=[window.reference])}?code={OVER_BUDGET}",
        checked_at=now,
    )


def _plan(window: Window, now: datetime) -> Finding:
    every = steps(window)
    bare = [step for step in every if step.owner_id is None or (step.needs_downtime and not step.undo)]
    detail = (
        f"{len(bare)} of {len(every)} steps lack an owner or a way to undo"
        if bare
        else (
            f"{len(every)} steps, each with an owner and a way to undo it" if every else "No steps ride on it"
        )
    )
    return Finding("plan_complete", not bare, "Deployment plan complete", detail, checked_at=now)


def _people(window: Window, now: datetime) -> Finding:
    named = set(window.duties.values_list("role", flat=True))
    missing = [role.label for role in NAMED if role.value not in named]
    detail = f"Missing: {', '.join(missing)}" if missing else f"{len(named)} duties are taken"
    return Finding(
        "people_named",
        not missing,
        "People named for the day",
        detail,
        who="Release engineer" if missing else "",
        url=f"{window.get_absolute_url()}#people",
        checked_at=now,
    )


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
