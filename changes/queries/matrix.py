"""The 5 × 5 matrix and the reasons, ready to draw."""

from collections.abc import Iterable
from dataclasses import dataclass

from changeboard import words
from changeboard.refusal import Reason
from changes import labels
from changes.domain import risk
from changes.domain.lowering import Lowering
from changes.domain.risk import Assessment, Axis, Rules
from changes.queries import answered
from changes.queries.answered import Questions

GRADES = {level: f"g{grade}" for grade, level in enumerate(risk.Level, start=1)}


@dataclass(frozen=True)
class Cell:
    score: int
    level: str
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
    here = (assessment.likelihood, assessment.impact)
    return [
        Row(
            labels.LIKELIHOODS[likelihood].capitalize(),
            [_cell(likelihood, impact, here, rules) for impact in range(1, risk.HIGHEST + 1)],
        )
        for likelihood in range(risk.HIGHEST, 0, -1)
    ]


def _cell(likelihood: int, impact: int, here: tuple[int, int], rules: Rules) -> Cell:
    level = risk.level_of(likelihood * impact, rules)
    return Cell(likelihood * impact, level.value, GRADES[level], (likelihood, impact) == here)


def reasons(assessment: Assessment, asked: Questions) -> list[ReasonLine]:
    """Every line of the assessment in words, the heaviest first after the likelihood."""
    lines = sorted(assessment.lines, key=lambda line: (line.axis is not Axis.LIKELIHOOD, -line.points))
    return [ReasonLine(_badge(line), worded(line.reason, asked)) for line in lines]


def in_a_sentence(assessment: Assessment) -> str:
    """Unlikely (2) × major (4)."""
    likelihood, impact = labels.LIKELIHOODS[assessment.likelihood], labels.IMPACTS[assessment.impact]
    return f"{likelihood.capitalize()} ({assessment.likelihood}) × {impact} ({assessment.impact})"


def worded(reason: Reason, asked: Questions) -> str:
    """The reason in words of its own, else as question and answer."""
    facts = {key: answered.in_words(value, asked.get(key)) for key, value in reason.facts.items()}
    if words.has(reason.code):
        return words.sentence(Reason(reason.code, facts))
    return "; ".join(f"{asked[key].text} {said}" if key in asked else said for key, said in facts.items())


def lower(found: Iterable[Lowering], asked: Questions) -> list[ReasonLine]:
    """What would make it lower: a badge with the score that follows, and what to answer."""
    return [
        ReasonLine(f"{each.then.level.value.capitalize()} {each.then.score}", _instead(each, asked))
        for each in found
    ]


def _instead(each: Lowering, asked: Questions) -> str:
    value = each.code if each.figure is None else each.figure
    said = answered.in_words(value, asked.get(each.question))
    reach = "" if each.figure is None else " or more" if each.at_least else " or less"
    code = f"risk.lower.{each.question}"
    if words.has(code):
        return words.sentence(Reason(code, {"answer": f"{said}{reach}"}))
    text = asked[each.question].text if each.question in asked else each.question
    return f"{text} {said}{reach}"


def _badge(line: risk.Line) -> str:
    if line.axis is Axis.LIKELIHOOD:
        return f"Likelihood {line.points}"
    return f"+{line.points} impact" if line.points else "±0"
