"""What would make the risk lower: single answers that, given otherwise, would lower the score. Pure.

Only what can be reached is named: the directory's count of clients is nobody's to change, and a worst case
is never better than the plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from changes.domain import risk
from changes.domain.risk import AFFECTED, OTHER_CHOICES, Answers, Assessment, Part, Rules

MOST = 3
# The worst case (second) is at least the plan (first).
NO_BETTER_THAN = {"worst_down": "planned_down"}


@dataclass(frozen=True)
class Lowering:
    """Answer `question` with `figure` (or less; or more, where `at_least`) or with the choice `code`."""

    question: str
    figure: int | None
    code: str
    at_least: bool
    then: Assessment


def lowerings(answers: Answers, rules: Rules) -> list[Lowering]:
    """At most three, a question each, the nearest step that helps; the lowest score first."""
    now = risk.assess(answers, rules).score
    found = []
    for part in parts(answers, rules):
        helping = (each for each in _steps(part, answers, rules) if each.then.score < now)
        found += [first for first in [next(helping, None)] if first is not None]
    return sorted(found, key=lambda each: each.then.score)[:MOST]


def parts(answers: Answers, rules: Rules) -> list[Part]:
    """What judges each answer, the other choices spelled out, a question each."""
    named = [part for rule in rules.rules for part in rule.parts if part.question != OTHER_CHOICES]
    ruled = {part.question for part in named}
    others = [part for rule in rules.rules for part in rule.parts if part.question == OTHER_CHOICES]
    spelled = [replace(part, question=key) for part in others for key in answers.choices if key not in ruled]
    return [*named, *spelled]


def _steps(part: Part, answers: Answers, rules: Rules) -> Iterator[Lowering]:
    """Better answers to one question, the nearest first."""
    if part.choices and part.question in answers.choices:
        yield from _choices(part, answers, rules)
    elif part.ladder and part.question in answers.figures and part.question != AFFECTED:
        yield from _figures(part, answers, rules)


def _choices(part: Part, answers: Answers, rules: Rules) -> Iterator[Lowering]:
    points = part.choices.get(answers.choices[part.question], 0)
    fewer = sorted(
        ((has, code) for code, has in part.choices.items() if has < points), key=lambda each: -each[0]
    )
    for _, code in fewer:
        otherwise = replace(answers, choices={**answers.choices, part.question: code})
        yield Lowering(part.question, None, code, False, risk.assess(otherwise, rules))


def _figures(part: Part, answers: Answers, rules: Rules) -> Iterator[Lowering]:
    figure = answers.figures[part.question]
    floor = answers.figures.get(NO_BETTER_THAN.get(part.question, ""), 0)
    if part.lower_is_worse:
        reached = [start for start, _ in part.ladder if figure < start]
    else:
        reached = [start - 1 for start, _ in reversed(part.ladder) if floor < start <= figure]
    for better in reached:
        otherwise = replace(answers, figures={**answers.figures, part.question: better})
        yield Lowering(part.question, better, "", part.lower_is_worse, risk.assess(otherwise, rules))
