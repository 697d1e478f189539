"""The board's panels on the page of a change: questions, decisions, the wider circle, the wrap-up."""

from dataclasses import dataclass

from changeboard.people.models import Person
from changes.models import AgendaItem, Change, Condition, Decision, Question, ReTest, Review, SignOff


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
    may_review: bool
    may_bring_back: bool

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
    def texts(self) -> list[str]:
        """What people wrote here."""
        return [text for each in self.questions for text in (each.question.text, each.question.answer)]

    @property
    def agreed(self) -> int:
        return sum(each.state == SignOff.State.AGREED for each in self.sign_offs)


def panels(change: Change, *, person: Person) -> BoardPanels:
    """Everything the board's panels draw. Eight queries, however much there is."""
    sign_offs = list(SignOff.objects.filter(change=change).select_related("group", "by"))
    own = [
        each for each in sign_offs if each.group_id == person.group_id and person.pk != change.requester_id
    ]
    items = change.agenda_items.filter(decision=None).exclude(meeting__state="ended")
    return BoardPanels(
        questions=questions(change, person=person),
        items=list(items.select_related("meeting")),
        decisions=list(change.decisions.select_related("by", "item__meeting")),
        conditions=list(change.conditions.select_related("owner", "met_by")),
        sign_offs=sign_offs,
        re_tests=list(change.re_tests.select_related("by")),
        review=Review.objects.filter(change=change).select_related("by").first(),
        own_sign_off=own[0] if own and own[0].state != SignOff.State.AGREED else None,
        may_review=person.has_perm("changes.review", change)
        and change.state in ("implemented", "backed_out"),
        may_bring_back=change.state == "deferred" and person.has_perm("changes.submit", change),
    )


def questions(change: Change, *, person: Person) -> list[Asked]:
    """The tough questions, open ones first, then those to verify. One query."""
    rows = change.questions.filter(kind=Question.Kind.TOUGH).select_related(
        "asked_by", "answered_by", "verified_by"
    )
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
