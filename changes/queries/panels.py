"""The board's panels on the page of a change: questions, decisions, the wider circle, the wrap-up."""

from dataclasses import dataclass

from changeboard.people.models import Person
from changeboard.people.queries import named
from changeboard.people.queries.named import Names
from changes.domain.lifecycle import CARRIED_OUT, OVER
from changes.models import AgendaItem, Change, Condition, Decision, Question, ReTest, Review, SignOff
from changes.queries.next_step import Board
from changes.queries.wrap_up import WrapUp, wrap_up

ASKED = ("asked_by", "answered_by", "verified_by")


@dataclass(frozen=True)
class Asked:
    """One question, with what this reader may do with it."""

    question: Question
    may_answer: bool
    may_verify: bool


@dataclass(frozen=True)
class BoardPanels:
    questions: list[Asked]
    items: list[AgendaItem]
    decisions: list[Decision]
    conditions: list[Condition]
    sign_offs: list[SignOff]
    re_tests: list[ReTest]
    review: Review | None
    own_sign_off: SignOff | None
    wrap_up: WrapUp
    may_bring_back: bool
    may_reopen: bool

    @property
    def open(self) -> int:
        return sum(each.question.is_open for each in self.questions)

    @property
    def to_verify(self) -> int:
        return sum(not each.question.is_open and not each.question.is_verified for each in self.questions)

    @property
    def verified(self) -> int:
        return sum(each.question.is_verified for each in self.questions)

    @property
    def waits(self) -> Board:
        """What the board waits for."""
        waiting = [item.meeting for item in self.items if item.closed_at is None]
        return Board(self.open, self.to_verify, min(waiting, key=lambda meeting: meeting.on, default=None))

    @property
    def texts(self) -> list[str]:
        """What people wrote here."""
        return [text for each in self.questions for text in (each.question.text, each.question.answer)]

    @property
    def agreed(self) -> int:
        return sum(each.state == SignOff.State.AGREED for each in self.sign_offs)


def panels(change: Change, *, person: Person, names: Names) -> BoardPanels:
    """Everything the board's panels draw. At most eight queries; the people come with `names`.

    What cannot be there yet is not asked for: no condition without a decision, no review before it was
    carried out.
    """
    sign_offs = list(SignOff.objects.filter(change=change).select_related("group", "question"))
    own = [
        each for each in sign_offs if each.group_id == person.group_id and person.pk != change.requester_id
    ]
    items = change.agenda_items.filter(decision=None).exclude(meeting__state="ended")
    asked = list(change.questions.filter(kind=Question.Kind.TOUGH))
    decisions = list(change.decisions.all())
    conditions = list(change.conditions.all()) if decisions else []
    re_tests = list(change.re_tests.all())
    reviews = list(Review.objects.filter(change=change)) if change.state in CARRIED_OUT else []
    names.add(
        (asked, ASKED),
        (conditions, ["owner", "met_by"]),
        ([*sign_offs, *decisions, *re_tests, *reviews], ["by"]),
    )
    review = reviews[0] if reviews else None
    return BoardPanels(
        questions=_asked(asked, change, person),
        items=list(items.select_related("meeting")),
        decisions=decisions,
        conditions=conditions,
        sign_offs=sign_offs,
        re_tests=re_tests,
        review=review,
        own_sign_off=own[0] if own else None,
        wrap_up=wrap_up(change, review, may_review=person.has_perm("changes.review", change)),
        may_reopen=change.state not in OVER
        and any(each.met_at for each in conditions)
        and person.has_perm("changes.reopen_condition", change),
        may_bring_back=change.state == "deferred" and person.has_perm("changes.submit", change),
    )


def questions(change: Change, *, person: Person) -> list[Asked]:
    """The tough questions, open ones first, then those to verify. Two queries."""
    rows = list(change.questions.filter(kind=Question.Kind.TOUGH))
    named.name((rows, ASKED))
    return _asked(rows, change, person)


def _asked(rows: list[Question], change: Change, person: Person) -> list[Asked]:
    may_verify = person.has_perm("changes.verify", change)
    asked = [
        Asked(
            row,
            may_answer=row.is_open,
            may_verify=may_verify
            and not row.is_open
            and not row.is_verified
            and row.answered_by_id != person.pk,
        )
        for row in rows
    ]
    return sorted(asked, key=lambda each: (each.question.is_verified, not each.question.is_open))
