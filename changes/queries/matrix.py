"""The 5 × 5 matrix and the reasons, ready to draw."""

from dataclasses import dataclass

from changeboard import words
from changeboard.refusal import Reason
from changes import labels
from changes.domain import risk
from changes.domain.risk import Assessment, Axis, Rules

GRADES = {level: f"g{grade}" for grade, level in enumerate(risk.Level, start=1)}


@dataclass(frozen=True)
class Cell:
    score: int
    grade: str
    is_here: bool


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class ReasonLine:
    """A badge like "+2 impact" and what it is for."""

    badge: str
    text: str


def matrix(assessment: Assessment, rules: Rules) -> list[Row]:
    """Rows from almost certain to rare, columns by impact 1 to 5; the change's own place is marked."""
    return [
        Row(
            labels.LIKELIHOODS[likelihood].capitalize(),
            [
                Cell(
                    likelihood * impact,
                    GRADES[risk.level_of(likelihood * impact, rules)],
                    (likelihood, impact) == (assessment.likelihood, assessment.impact),
                )
                for impact in range(1, 6)
            ],
        )
        for likelihood in range(5, 0, -1)
    ]


def reasons(assessment: Assessment) -> list[ReasonLine]:
    """Every line of the assessment in words, the heaviest first after the likelihood."""
    lines = sorted(assessment.lines, key=lambda line: (line.axis is not Axis.LIKELIHOOD, -line.points))
    return [ReasonLine(_badge(line), worded(line.reason)) for line in lines]


def in_a_sentence(assessment: Assessment) -> str:
    """Unlikely (2) × major (4)."""
    likelihood, impact = labels.LIKELIHOODS[assessment.likelihood], labels.IMPACTS[assessment.impact]
    return f"{likelihood.capitalize()} ({assessment.likelihood}) × {impact} ({assessment.impact})"


def worded(reason: Reason) -> str:
    """The reason in words, its lengths in minutes and seconds."""
    lengths = {"risk.downtime": ("planned", "worst"), "risk.undo": ("figure",)}.get(reason.code, ())
    facts = {
        name: labels.length(value) if name in lengths and isinstance(value, int) else value
        for name, value in reason.facts.items()
    }
    return words.sentence(Reason(reason.code, facts))


def _badge(line: risk.Line) -> str:
    if line.axis is Axis.LIKELIHOOD:
        return f"Likelihood {line.points}"
    return f"+{line.points} impact" if line.points else "±0"
