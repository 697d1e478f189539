"""Who must do what next with a change. The words stand in templates, by the code."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from changeboard import words
from changeboard.people.models import Person
from changes.domain.lifecycle import State
from changes.models import AgendaItem, Change, Meeting, Question
from changes.queries import sheets


@dataclass(frozen=True)
class Next:
    """`code` finds the words in templates/changes/_next.html; `who` must act, None: no single person."""

    code: str
    tone: str
    who: Person | None = None
    missing: list[str] = field(default_factory=list)
    count: int = 0
    meeting: Meeting | None = None

    @property
    def on(self) -> date | None:
        """The day of the board meeting that has it on its agenda."""
        return self.meeting.on if self.meeting else None


@dataclass(frozen=True)
class Board:
    """What the board waits for with one change."""

    open: int = 0
    to_verify: int = 0
    meeting: Meeting | None = None


NO_BOARD = Board()
BEFORE_THE_BOARD = (State.SUBMITTED, State.IN_REVIEW, State.DEFERRED)
BY_STATE = {
    State.DRAFT: "submit",
    State.SUBMITTED: "board",
    State.IN_REVIEW: "board",
    State.DEFERRED: "answer",
    State.APPROVED: "ride",
    State.SCHEDULED: "wait",
    State.IN_PROGRESS: "running",
    State.VERIFYING: "verifying",
    State.IMPLEMENTED: "review",
    State.BACKED_OUT: "review",
}
REQUESTERS = ("submit", "answer", "ride", "review", "open_questions")


def next_step(change: Change, *, person: Person, board: Board | None = None) -> Next | None:
    """The one next action, None when the change is over. With the board known no query, else two; for a
    draft three more."""
    step = next_of(change, board or boards([change]).get(change.pk, NO_BOARD), person=person)
    if step is None or change.state != State.DRAFT:
        return step
    lacking = [words.sentence(reason) for reason in sheets.missing(sheets.sheet_of(change))]
    return Next("complete" if lacking else "submit", step.tone, step.who, lacking, len(lacking))


def next_steps(changes: Iterable[Change], *, person: Person) -> dict[int, Next | None]:
    """The same for a list, by change id; a draft only says that it is one. Two queries."""
    rows = list(changes)
    waiting = boards(rows)
    return {change.pk: next_of(change, waiting.get(change.pk, NO_BOARD), person=person) for change in rows}


def next_of(change: Change, board: Board, *, person: Person) -> Next | None:
    code = BY_STATE.get(State(change.state))
    if code is None:
        return None
    count = 0
    if change.state in BEFORE_THE_BOARD and board.open:
        code, count = "open_questions", board.open
    elif change.state in BEFORE_THE_BOARD and board.to_verify:
        code, count = "to_verify", board.to_verify
    who = change.requester if code in REQUESTERS else None
    is_readers = who == person or (code == "to_verify" and person.has_perm("changes.verify", change))
    return Next(code, "you" if is_readers else "", who, count=count, meeting=board.meeting)


def boards(changes: Iterable[Change]) -> Mapping[int, Board]:
    """Change id → what the board waits for. Two queries."""
    keys = [change.pk for change in changes]
    counted: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    questions = Question.objects.filter(change__in=keys, kind=Question.Kind.TOUGH).order_by()
    for row in questions.values("change").annotate(
        unanswered=Count("pk", filter=Q(answered_at=None)),
        unverified=Count("pk", filter=Q(answered_at__isnull=False, verified_at=None)),
    ):
        counted[row["change"]] = row["unanswered"], row["unverified"]
    items = AgendaItem.objects.filter(change__in=keys, closed_at=None).exclude(meeting__state="ended")
    meetings = {
        item.change_id: item.meeting for item in items.select_related("meeting").order_by("-meeting__on")
    }
    return {key: Board(*counted[key], meetings.get(key)) for key in keys}
