"""Who must do what next with a change. The words stand in templates, by the code."""

from dataclasses import dataclass, field
from datetime import datetime

from changeboard import words
from changeboard.people.models import Person
from changes.domain.lifecycle import State
from changes.models import Change
from changes.queries import sheets


@dataclass(frozen=True)
class Next:
    """`code` finds the words in templates/changes/_next.html; `who` must act, None: no single person."""

    code: str
    tone: str
    who: Person | None = None
    missing: list[str] = field(default_factory=list)
    count: int = 0


BY_STATE = {
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


def next_step(change: Change, *, person: Person, now: datetime) -> Next | None:
    """The one next action, None when the change is over. At most five queries, and only for a draft."""
    if change.state == State.DRAFT:
        return _draft(change, person)
    code = BY_STATE.get(State(change.state))
    if code is None:
        return None
    who = change.requester if code in REQUESTERS else None
    return Next(code, _tone(who, person), who)


def in_list(change: Change, *, person: Person) -> Next | None:
    """The same for a line of a list: no query, so a draft only says that it is one."""
    code = "submit" if change.state == State.DRAFT else BY_STATE.get(State(change.state))
    if code is None:
        return None
    who = change.requester if code in REQUESTERS else None
    return Next(code, _tone(who, person), who)


def _draft(change: Change, person: Person) -> Next:
    lacking = sheets.missing(sheets.sheet_of(change))
    return Next(
        "complete" if lacking else "submit",
        _tone(change.requester, person),
        change.requester,
        [words.sentence(reason) for reason in lacking],
        len(lacking),
    )


def _tone(who: Person | None, reader: Person) -> str:
    return "you" if who is not None and who == reader else ""
