"""Downtime budgets, readiness checks, state paths and plans. Widths are computed here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context

register = template.Library()

TIGHT_SECONDS = 60


@dataclass(frozen=True)
class Bar:
    """Lengths in seconds, widths in per cent of the budget, cut at its end."""

    planned: int
    worst: int
    total: int
    likely: int | None

    @property
    def planned_width(self) -> float:
        return self._width(self.planned)

    @property
    def worst_width(self) -> float:
        return self._width(self.worst)

    @property
    def likely_width(self) -> float | None:
        return None if self.likely is None else self._width(self.likely)

    @property
    def decisive(self) -> int:
        """What is held against the budget: the likely worst where it is known (PRODUCT.md section 5)."""
        return self.worst if self.likely is None else self.likely

    @property
    def over(self) -> int:
        return max(0, self.decisive - self.total)

    @property
    def left(self) -> int:
        return max(0, self.total - self.decisive)

    @property
    def is_tight(self) -> bool:
        return bool(self.decisive) and not self.over and self.left < TIGHT_SECONDS

    def _width(self, seconds: int) -> float:
        return round(min(100.0, 100 * seconds / self.total), 1) if self.total else (100.0 if seconds else 0.0)


@register.inclusion_tag("ui/budget.html")
def budget(
    planned: int, worst: int, total: int, mark: str = "", thin: bool = False, likely: float | None = None
) -> dict[str, Any]:
    """Planned solid, at worst hatched, left grey. All in seconds; `thin` draws the bar alone."""
    return {
        "bar": Bar(planned, worst, total, None if likely is None else round(likely)),
        "mark": mark,
        "thin": thin,
        "height": 8 if thin else 20,
        "edge": 7 if thin else 19,
        "radius": 2 if thin else 4,
    }


@register.inclusion_tag("ui/checks.html", takes_context=True)
def checks(context: Context, findings: Iterable[Any], act: str = "Open") -> dict[str, Any]:
    """Readiness: what stands in the way first, each with who clears it. Takes maintenance's findings."""
    return {
        "findings": sorted(findings, key=lambda finding: bool(finding.ok)),
        "act": act,
        "user": context.get("user"),
    }


@register.inclusion_tag("ui/path.html")
def path(stops: Sequence[tuple[str, str]], label: str) -> dict[str, Any]:
    """Where something is in its life: pairs of a word and one of done, now, bad, todo."""
    icons = {"done": "done", "now": "now", "bad": "undo", "todo": "todo"}
    numbered = [(number, word, how, icons[how]) for number, (word, how) in enumerate(stops, start=1)]
    return {"stops": numbered, "total": len(stops), "label": label}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Page) -> dict[str, Any]:
    """1 to 10 of 14, previous and next; keeps the filters of the address."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("ui/sort_head.html", takes_context=True)
def sort_head(context: Context, words: str, key: str, current: str, numeric: bool = False) -> dict[str, Any]:
    """A column head that sorts: `key` ascending, `-key` when it is already so."""
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {
        "words": words,
        "sort": f"-{key}" if direction == "ascending" else key,
        "direction": direction,
        "numeric": numeric,
        "request": context["request"],
    }
