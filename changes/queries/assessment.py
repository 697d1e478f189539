"""The risk of a sheet, by the newest rules and by the clients that the directory says are affected."""

from dataclasses import dataclass

from changeboard.directory.queries.affected import affected_clients
from changes.domain import risk
from changes.domain.risk import Answers, Assessment
from changes.domain.sheet import Sheet, figures
from changes.models import AnswerType, RiskQuestion, RuleSet


@dataclass(frozen=True)
class Scored:
    """An assessment with the rule set that gave it and how many clients it counted."""

    assessment: Assessment
    rule_set: RuleSet
    clients: int


def score(sheet: Sheet, rule_set: RuleSet | None = None) -> Scored | None:
    """The sheet's risk, or None while a figure it needs is missing. At most three queries.

    Without `rule_set` the newest one judges.
    """
    figure = figures(sheet.answers)
    if None in (figure.planned_down_seconds, figure.worst_down_seconds, figure.confidence):
        return None
    judge = rule_set or RuleSet.objects.first()
    if judge is None:
        return None
    clients = affected_clients(sheet.systems, list(sheet.services)).count()
    answers = Answers(
        planned_down_seconds=figure.planned_down_seconds or 0,
        worst_down_seconds=figure.worst_down_seconds or 0,
        confidence=figure.confidence or 0,
        undo_seconds=figure.undo_seconds or 0,
        clients=clients,
        touched=touched(sheet),
    )
    return Scored(risk.assess(answers, risk.rules_from(judge.rules)), judge, clients)


def touched(sheet: Sheet) -> dict[str, str]:
    """The choices among the answers, key → code."""
    keys = RiskQuestion.objects.filter(type=AnswerType.CHOICE).values_list("key", flat=True)
    return {key: str(sheet.answers[key]) for key in keys if key in sheet.answers}
