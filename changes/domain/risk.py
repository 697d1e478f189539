"""Risk: answers and rules in; likelihood, impact, score, level and every reason out (PRODUCT.md section 4).

Nothing is hidden in a weight: each line of the assessment says what it added and why. Rules are data, a
question each, and `rules_from` takes only such as never give less for what is worse: so raising any risk
input never lowers the score.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from changeboard.refusal import Reason

Ladder = tuple[tuple[int, int], ...]
HIGHEST = 5
# What a rule may judge beside the questions: how many clients the directory counts, and any choice that has
# no rule of its own.
AFFECTED = "affected_clients"
OTHER_CHOICES = "*"


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
    """What the score depends on, by question key.

    Figures are seconds, numbers, per cent, or how many services were chosen; choices are codes.
    """

    figures: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """How one question gives points: by a ladder (from this figure on, so many; lowest step first) or by code."""

    question: str
    ladder: Ladder = ()
    choices: Mapping[str, int] = field(default_factory=dict)
    lower_is_worse: bool = False


@dataclass(frozen=True)
class Rule:
    """One line of the assessment. Of several parts the one that gives most counts."""

    axis: Axis
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Rules:
    """One version of the rules. A level is held from its score on."""

    rules: tuple[Rule, ...]
    levels: tuple[tuple[int, Level], ...]


@dataclass(frozen=True)
class Line:
    """One reason: how many points it gave on which axis. Its facts are the answers, by question key."""

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


def assess(answers: Answers, rules: Rules) -> Assessment:
    """Score the answers. Likelihood and impact lie between 1 and 5, the score is their product."""
    ruled = {part.question for rule in rules.rules for part in rule.parts}
    lines = tuple(line for rule in rules.rules for line in _lines(rule, answers, ruled))
    likelihood, impact = (_along(axis, lines) for axis in Axis)
    score = likelihood * impact
    return Assessment(likelihood, impact, score, level_of(score, rules), lines)


def level_of(score: int, rules: Rules) -> Level:
    """The level of a score, so that the page can colour the whole matrix."""
    return max((step for step in rules.levels if step[0] <= score), key=lambda step: step[0])[1]


def climb(ladder: Ladder, figure: int) -> int:
    """The points of the highest step that `figure` reaches; none below the first."""
    return max(((start, points) for start, points in ladder if start <= figure), default=(0, 0))[1]


def _along(axis: Axis, lines: tuple[Line, ...]) -> int:
    return max(1, min(HIGHEST, sum(line.points for line in lines if line.axis is axis)))


def _lines(rule: Rule, answers: Answers, ruled: set[str]) -> list[Line]:
    """One line for a rule; for the other choices one each; none where nothing was answered."""
    first = rule.parts[0]
    if first.question == OTHER_CHOICES:
        others = {key: code for key, code in answers.choices.items() if key not in ruled}
        return [
            Line(rule.axis, first.choices.get(code, 0), Reason(f"risk.{key}.{code}", {key: code}))
            for key, code in others.items()
        ]
    for part in rule.parts:
        if part.choices and part.question in answers.choices:
            code = answers.choices[part.question]
            reason = Reason(f"risk.{part.question}.{code}", {part.question: code})
            return [Line(rule.axis, part.choices.get(code, 0), reason)]
    facts = {part.question: answers.figures.get(part.question) for part in rule.parts}
    said = {key: figure for key, figure in facts.items() if figure is not None}
    if not said:
        return []
    points = max(climb(part.ladder, said[part.question]) for part in rule.parts if part.question in said)
    return [Line(rule.axis, points, Reason(f"risk.{'.'.join(facts)}", dict(said)))]
