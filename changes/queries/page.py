"""All that the page of one change shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from changeboard.directory.queries.affected import how_many
from changeboard.people.models import Person
from changeboard.people.queries.named import Names
from changes.domain.lifecycle import BEFORE_IN_PROGRESS, RODE, State
from changes.domain.short_notice import urgency
from changes.models import Change, Comment, ServiceImpact
from changes.queries import acts, next_step, paragraphs, path, plan, timeline
from changes.queries.answered import Questions, in_words, questions
from changes.queries.attachments import Attached, attachments
from changes.queries.emergency import Emergency, emergency
from changes.queries.next_step import Board, Next
from changes.queries.plan import PhaseOfPlan
from changes.queries.risk_panel import RiskPanel, risk_panel
from changes.queries.timeline import Timeline

RECENT = 10


@dataclass(frozen=True)
class Answered:
    question: str
    text: str


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
    emergency: Emergency | None

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


def page(change: Change, *, person: Person, now: datetime, board: Board, names: Names) -> ChangePage:
    """The whole page but for the board's panels, which are drawn by their own queries; so are `names`."""
    phases, comments = plan.phases(change), list(change.comments.all())
    files, possible = attachments(change, person=person), acts.possible(change, person)
    asked = questions()
    steps = [step for phase in phases for step in phase.steps]
    names.add((steps, ["owner"]), (comments, ["by"]), ([each.attachment for each in files], ["by"]))
    return ChangePage(
        change=change,
        stops=path.stops(change.state),
        next=next_step.next_step(change, person=person, board=board),
        risk=risk_panel(change, asked),
        phases=phases,
        steps=len(steps),
        impacts=list(change.impacts.all()),
        clients=how_many([each.pk for each in change.systems.all()], change.touched_services(), now=now),
        comments=comments,
        attachments=files,
        history=timeline.timeline(change, most=RECENT, comments=comments, asked=asked),
        acts=possible,
        emergency=emergency(change, person=person, acts=possible),
        is_short_notice=change.is_short_notice(now=now),
        answers=answers(change, asked),
        paragraph_is_out_of_date=paragraphs.is_out_of_date(change),
        urgency=urgency(change.window.starts_at, now).value if change.window and is_waiting(change) else "",
    )


def is_waiting(change: Change) -> bool:
    """Urgency says something only while the change has not gone."""
    return change.state in BEFORE_IN_PROGRESS


def answers(change: Change, asked: Questions) -> list[Answered]:
    """Each question with its answer in words, in the order of the questions. One query."""
    given = dict(change.answers.values_list("question__key", "value"))
    return [Answered(asked[key].text, in_words(given[key], asked[key])) for key in asked if key in given]
