"""The risk questions as their pages show them, and what leans on each."""

from dataclasses import dataclass

from django.db.models import Count

from changeboard.refusal import Reason
from changes.domain import risk_questions, risk_rules
from changes.domain.risk_questions import Asking, Ties
from changes.models import AnswerType, RiskAnswer, RiskQuestion, RuleSet


@dataclass(frozen=True)
class Listed:
    """A question in its place, from 1 on."""

    place: int
    question: RiskQuestion
    ties: Ties
    is_last: bool

    @property
    def stays(self) -> bool:
        """Whether it cannot be taken out of use."""
        return bool(risk_questions.out_faults(self.ties))


@dataclass(frozen=True)
class Seen:
    """A question on its own page, with its points by the rules in force, "" where they give none."""

    question: RiskQuestion
    ties: Ties
    points: str

    @property
    def stays(self) -> bool:
        return bool(risk_questions.out_faults(self.ties))


def listed() -> list[Listed]:
    """All in their order, in use or not. Three queries."""
    rows, rule_sets = list(RiskQuestion.objects.all()), list(RuleSet.objects.all())
    answered = dict(RiskAnswer.objects.order_by().values_list("question").annotate(Count("pk")))
    return [
        Listed(place, row, _ties(row, answered.get(row.pk, 0), rule_sets), is_last=place == len(rows))
        for place, row in enumerate(rows, start=1)
    ]


def seen(question: RiskQuestion) -> Seen:
    """One of them. At most three queries."""
    held = ties(question)
    lines = risk_rules.in_lines(held.in_force) if held.in_force else {}
    return Seen(question, held, lines.get(question.key, ""))


def ties(question: RiskQuestion) -> Ties:
    """What leans on one question, the codes of its choices as well. At most three queries."""
    given = RiskAnswer.objects.filter(question=question)
    chosen = set(given.values_list("value", flat=True)) if question.type == AnswerType.CHOICE else set()
    return _ties(question, given.count(), list(RuleSet.objects.all()), chosen)


def faults(asking: Asking, row: RiskQuestion | None = None) -> list[Reason]:
    """Every reason why it cannot be asked like this, a new one or `row`; each names its field. Four queries."""
    found = [*risk_questions.faults(asking), *_there_already(asking.text, but=row)]
    if row is None:
        judge = RuleSet.objects.in_force()
        return found + risk_questions.unjust("", asking, judge.read if judge else None)
    held = ties(row)
    found += risk_questions.edit_faults(row.asking, asking, held)
    if asking.codes != row.asking.codes and not any(reason.field == "choices" for reason in found):
        found += risk_questions.unjust(row.key, asking, held.in_force)
    return found


def _there_already(text: str, *, but: RiskQuestion | None) -> list[Reason]:
    others = RiskQuestion.objects.exclude(pk=but.pk if but else 0)
    same = others.filter(text__iexact=text).first() if text else None
    if same is None:
        return []
    code = "risk_question.there_already" if same.active else "risk_question.there_out_of_use"
    return [Reason(code, {"text": same.text}, "text")]


def _ties(
    question: RiskQuestion, answered: int, rule_sets: list[RuleSet], chosen: set[str] | None = None
) -> Ties:
    parts = {row: risk_questions.part_of(question.key, row.read) for row in rule_sets}
    naming = {row: part for row, part in parts.items() if part is not None}
    in_force = max((row for row in rule_sets if row.in_force_at), key=lambda row: row.version, default=None)
    return Ties(
        key=question.key,
        answered=answered,
        versions=[row.version for row in naming],
        codes={*(chosen or ()), *(code for part in naming.values() for code in part.choices)},
        in_force=in_force.read if in_force else None,
        judged_by=in_force.version if in_force in naming else None,
    )
