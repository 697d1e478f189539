"""The risk of a change as its page draws it: by the rule set that scored it, with what would make it lower."""

from dataclasses import dataclass

from changes import labels
from changes.domain.lifecycle import State
from changes.domain.sheet import Sheet
from changes.models import Change, RuleSet
from changes.queries import matrix, sheets
from changes.queries.answered import Questions
from changes.queries.assessment import Scored, score
from changes.queries.matrix import ReasonLine, Row

# Afterwards the board has judged it as it is.
MAY_BE_LOWERED = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.DEFERRED)


@dataclass(frozen=True)
class RiskPanel:
    """`by_newer` says what rules that came after would give; they never change the score that was given."""

    rows: list[Row]
    reasons: list[ReasonLine]
    lower: list[ReasonLine]
    likelihood: int
    impact: int
    place: str
    by_newer: str

    @property
    def impacts(self) -> list[str]:
        """The heads of the columns, for those who hear the table."""
        return [f"{number}, {word}" for number, word in labels.IMPACTS.items()]


def risk_panel(change: Change, asked: Questions) -> RiskPanel | None:
    """Drawn from the sheet as it stands; None while the change has no score. At most nine queries."""
    if change.rule_set is None:
        return None
    sheet = sheets.sheet_of(change)
    scored = score(sheet, change.rule_set)
    if scored is None:
        return None
    assessment, may_be_lowered = scored.assessment, change.state in MAY_BE_LOWERED
    return RiskPanel(
        rows=matrix.matrix(assessment, scored.rules),
        reasons=matrix.reasons(assessment, asked),
        lower=matrix.lower(scored.lowerings, asked) if may_be_lowered else [],
        likelihood=assessment.likelihood,
        impact=assessment.impact,
        place=matrix.in_a_sentence(assessment),
        by_newer=_by_newer(sheet, scored) if may_be_lowered else "",
    )


def _by_newer(sheet: Sheet, scored: Scored) -> str:
    newest = RuleSet.objects.in_force()
    if newest is None or newest.version <= scored.rule_set.version:
        return ""
    again = score(sheet, newest)
    return (
        labels.BY_NEWER.format(
            rule_set=newest, level=again.assessment.level.value, score=again.assessment.score
        )
        if again
        else ""
    )
