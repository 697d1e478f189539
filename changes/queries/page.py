"""All that the page of one change shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from changeboard.directory.queries.affected import how_many
from changeboard.people.models import Person
from changeboard.people.queries import named
from changes import labels
from changes.domain import risk
from changes.domain.lifecycle import BEFORE_IN_PROGRESS, RODE, State
from changes.domain.sheet import Value, number, words
from changes.domain.short_notice import urgency
from changes.models import AnswerType, Change, Comment, RiskQuestion, ServiceImpact
from changes.queries import acts, matrix, next_step, paragraphs, path, plan, sheets, timeline
from changes.queries.assessment import score
from changes.queries.attachments import Attached, attachments
from changes.queries.matrix import ReasonLine, Row
from changes.queries.next_step import Board, Next
from changes.queries.plan import PhaseOfPlan
from changes.queries.timeline import Timeline

RECENT = 10


@dataclass(frozen=True)
class Answered:
    question: str
    text: str


@dataclass(frozen=True)
class RiskPanel:
    rows: list[Row]
    reasons: list[ReasonLine]
    likelihood: int
    impact: int


@dataclass(frozen=True)
class ChangePage:
    change: Change
    stops: list[path.Stop]
    next: Next | None
    risk: RiskPanel | None
    phases: list[PhaseOfPlan]
    steps: int
    impacts: list[ServiceImpact]
    clients: int
    comments: list[Comment]
    attachments: list[Attached]
    history: Timeline
    acts: frozenset[str]
    is_short_notice: bool
    answers: list[Answered]
    urgency: str
    paragraph_is_out_of_date: bool

    @property
    def turn(self) -> str:
        """Whose turn it is, on top of the next action."""
        if self.next is None or self.next.tone == "you":
            return "Your turn"
        return f"{self.next.who}’s turn" if self.next.who else "The board’s turn"

    @property
    def texts(self) -> list[str]:
        """What people wrote in the discussion."""
        return [comment.text for comment in self.comments]

    @property
    def rides(self) -> bool:
        return self.change.state in RODE

    @property
    def stands_aside(self) -> bool:
        """In a state that the path cannot show by its place alone."""
        return self.change.state in (State.DEFERRED, State.REJECTED, State.BACKED_OUT, State.WITHDRAWN)


def page(change: Change, *, person: Person, now: datetime, board: Board) -> ChangePage:
    """The whole page but for the board's panels, which are drawn by their own queries."""
    phases, comments = plan.phases(change), list(change.comments.all())
    files = attachments(change, person=person)
    steps = [step for phase in phases for step in phase.steps]
    named.name((steps, ["owner"]), (comments, ["by"]), ([each.attachment for each in files], ["by"]))
    return ChangePage(
        change=change,
        stops=path.stops(change.state),
        next=next_step.next_step(change, person=person, board=board),
        risk=risk_panel(change),
        phases=phases,
        steps=len(steps),
        impacts=list(change.impacts.all()),
        clients=how_many([each.pk for each in change.systems.all()], change.touched_services(), now=now),
        comments=comments,
        attachments=files,
        history=timeline.timeline(change, most=RECENT, comments=comments),
        acts=acts.possible(change, person),
        is_short_notice=change.is_short_notice(now=now),
        answers=answered(change),
        paragraph_is_out_of_date=paragraphs.is_out_of_date(change),
        urgency=urgency(change.window.starts_at, now).value if change.window and is_waiting(change) else "",
    )


def is_waiting(change: Change) -> bool:
    """Urgency says something only while the change has not gone."""
    return change.state in BEFORE_IN_PROGRESS


def answered(change: Change) -> list[Answered]:
    """Each question with its answer in words. One query."""
    rows = change.answers.select_related("question")
    return [Answered(row.question.text, in_words(row.value, row.question)) for row in rows]


def in_words(value: Value, question: RiskQuestion) -> str:
    if question.type == AnswerType.CHOICE:
        return str(dict(question.choices).get(value, value))
    if question.type == AnswerType.PERCENT:
        return f"{value} %"
    length = number(value) if question.type != AnswerType.TEXT else None
    return ", ".join(filter(None, [words(value), labels.length(length) if length is not None else ""]))


def risk_panel(change: Change) -> RiskPanel | None:
    """The assessment by the rule set that scored the change, drawn; None while it has no score."""
    if change.rule_set is None:
        return None
    scored = score(sheets.sheet_of(change), change.rule_set)
    if scored is None:
        return None
    return RiskPanel(
        rows=matrix.matrix(scored.assessment, risk.rules_from(change.rule_set.rules)),
        reasons=matrix.reasons(scored.assessment),
        likelihood=scored.assessment.likelihood,
        impact=scored.assessment.impact,
    )
