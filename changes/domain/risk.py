"""Risk: answers and rules in; likelihood, impact, score, level and every reason out (PRODUCT.md section 4).

Nothing is hidden in a weight: each line of the assessment says what it added and why. Raising any
figure of the answers never lowers the score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from changeboard.refusal import Reason

Ladder = tuple[tuple[int, int], ...]
HIGHEST = 5


class Level(StrEnum):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    CRITICAL = "critical"


class Axis(StrEnum):
    LIKELIHOOD = "likelihood"
    IMPACT = "impact"


@dataclass(frozen=True)
class Answers:
    """What the score depends on. Lengths in seconds, confidence 0 to 100, `touched` key → answer code."""

    planned_down_seconds: int
    worst_down_seconds: int
    confidence: int
    undo_seconds: int
    clients: int
    touched: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """One version of the rules. A ladder is (from this figure on, so many points), lowest step first."""

    likelihood_by_confidence: Ladder
    impact_by_planned_seconds: Ladder
    impact_by_worst_seconds: Ladder
    impact_by_undo_seconds: Ladder
    impact_by_clients: Ladder
    impact_by_touch: Mapping[str, int]
    levels: tuple[tuple[int, Level], ...]


@dataclass(frozen=True)
class Line:
    """One reason: how many points it gave on which axis."""

    axis: Axis
    points: int
    reason: Reason


@dataclass(frozen=True)
class Assessment:
    likelihood: int
    impact: int
    score: int
    level: Level
    lines: tuple[Line, ...]


def rules_from(stored: Mapping[str, object]) -> Rules:
    """The rules of a stored rule set. Raises ValueError when it is none."""
    touch = stored["impact_by_touch"]
    if not isinstance(touch, Mapping):
        raise ValueError("impact_by_touch is a table of answer → points")
    return Rules(
        likelihood_by_confidence=_ladder(stored, "likelihood_by_confidence"),
        impact_by_planned_seconds=_ladder(stored, "impact_by_planned_seconds"),
        impact_by_worst_seconds=_ladder(stored, "impact_by_worst_seconds"),
        impact_by_undo_seconds=_ladder(stored, "impact_by_undo_seconds"),
        impact_by_clients=_ladder(stored, "impact_by_clients"),
        impact_by_touch={str(code): int(points) for code, points in touch.items()},
        levels=tuple((int(str(start)), Level(str(level))) for start, level in _rows(stored, "levels")),
    )


def assess(answers: Answers, rules: Rules) -> Assessment:
    """Score the answers. Likelihood and impact lie between 1 and 5, the score is their product."""
    likelihood = climb(rules.likelihood_by_confidence, answers.confidence)
    lines = [
        Line(Axis.LIKELIHOOD, likelihood, Reason("risk.confidence", {"confidence": answers.confidence})),
        _downtime(answers, rules),
        *_touches(answers, rules),
        _line("risk.clients", answers.clients, rules.impact_by_clients),
        _line("risk.undo", answers.undo_seconds, rules.impact_by_undo_seconds),
    ]
    points = sum(line.points for line in lines if line.axis is Axis.IMPACT)
    likelihood, impact = within(likelihood), within(points)
    score = likelihood * impact
    return Assessment(likelihood, impact, score, level_of(score, rules), tuple(lines))


def level_of(score: int, rules: Rules) -> Level:
    """The level of a score, so that the page can colour the whole matrix."""
    return max((step for step in rules.levels if step[0] <= score), key=lambda step: step[0])[1]


def climb(ladder: Ladder, figure: int) -> int:
    """The points of the highest step that `figure` reaches; none below the first."""
    return max(((start, points) for start, points in ladder if start <= figure), default=(0, 0))[1]


def within(points: int) -> int:
    return max(1, min(HIGHEST, points))


def _downtime(answers: Answers, rules: Rules) -> Line:
    planned = climb(rules.impact_by_planned_seconds, answers.planned_down_seconds)
    worst = climb(rules.impact_by_worst_seconds, answers.worst_down_seconds)
    facts = {"planned": answers.planned_down_seconds, "worst": answers.worst_down_seconds}
    return Line(Axis.IMPACT, max(planned, worst), Reason("risk.downtime", facts))


def _touches(answers: Answers, rules: Rules) -> list[Line]:
    return [
        Line(Axis.IMPACT, rules.impact_by_touch.get(answer, 0), Reason(f"risk.{key}.{answer}"))
        for key, answer in answers.touched.items()
    ]


def _line(code: str, figure: int, ladder: Ladder) -> Line:
    return Line(Axis.IMPACT, climb(ladder, figure), Reason(code, {"figure": figure}))


def _ladder(stored: Mapping[str, object], name: str) -> Ladder:
    return tuple((int(str(start)), int(str(points))) for start, points in _rows(stored, name))


def _rows(stored: Mapping[str, object], name: str) -> list[tuple[object, object]]:
    rows = stored[name]
    if not isinstance(rows, Sequence):
        raise ValueError(f"{name} is a list of pairs")
    return [(start, points) for start, points in rows]
