"""The risk of a sheet, by the newest rules and by the clients that the directory says are affected."""

from dataclasses import dataclass

from changeboard.directory.queries.affected import affected_clients
from changes.domain import risk
from changes.domain.lowering import Lowering, lowerings
from changes.domain.risk import AFFECTED, Answers, Assessment, Rules
from changes.domain.sheet import Sheet, Value, figures, number
from changes.models import AnswerType, RiskQuestion, RuleSet


@dataclass(frozen=True)
class Scored:
    """An assessment with the rule set that gave it, the answers it judged, and how many clients it counted."""

    assessment: Assessment
    rule_set: RuleSet
    rules: Rules
    answers: Answers
    clients: int

    @property
    def lowerings(self) -> list[Lowering]:
        """Which single answers, given otherwise, would lower the score."""
        return lowerings(self.answers, self.rules)


def score(sheet: Sheet, rule_set: RuleSet | None = None) -> Scored | None:
    """The sheet's risk, or None while a figure it needs is missing. At most three queries.

    Without `rule_set` the one in force judges.
    """
    if not is_scorable(sheet):
        return None
    judge = rule_set or RuleSet.objects.in_force()
    if judge is None:
        return None
    clients = affected_clients(sheet.systems, list(sheet.services)).count()
    answers, rules = answers_of(sheet, types(), clients), judge.read
    return Scored(risk.assess(answers, rules), judge, rules, answers, clients)


def is_scorable(sheet: Sheet) -> bool:
    """The product itself needs these three figures: without them nothing is claimed."""
    figure = figures(sheet.answers)
    return None not in (figure.planned_down_seconds, figure.worst_down_seconds, figure.confidence)


def types() -> dict[str, str]:
    """Question key → type, in use or not: an old answer is judged as it was given. One query."""
    return dict(RiskQuestion.objects.values_list("key", "type"))


def answers_of(sheet: Sheet, types: dict[str, str], clients: int) -> Answers:
    """What of the sheet can be judged: figures and choices by question key, and the affected clients."""
    said = {key: (types[key], value) for key, value in sheet.answers.items() if key in types}
    numbers = {key: figure_of(kind, value) for key, (kind, value) in said.items()}
    return Answers(
        figures={AFFECTED: clients, **{key: figure for key, figure in numbers.items() if figure is not None}},
        choices={key: str(value) for key, (kind, value) in said.items() if kind == AnswerType.CHOICE},
    )


def figure_of(kind: str, value: Value) -> int | None:
    """The figure of an answer: seconds, a number, per cent, or how many services; None for words."""
    if kind == AnswerType.SERVICES:
        return len(value) if isinstance(value, list) else None
    return None if kind in (AnswerType.TEXT, AnswerType.CHOICE) else number(value)
