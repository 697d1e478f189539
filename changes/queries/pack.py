"""The reader's pack: everything that one needs to prepare a meeting, on one page, with what was read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from changeboard.history.models import Event
from changeboard.people.models import Person
from changes.domain import risk
from changes.domain.material import material
from changes.domain.sheet import Sheet
from changes.models import (
    AgendaItem,
    Change,
    Meeting,
    PlanStep,
    Question,
    ReadMark,
    RiskAnswer,
    ServiceImpact,
)
from changes.queries import assessment, matrix
from changes.queries.answered import Questions, questions
from changes.queries.matrix import ReasonLine
from changes.queries.meeting import FollowUps, follow_ups
from changes.queries.rule_sets import Users
from changes.queries.seats import seats

EDITED = "change.edited"


@dataclass(frozen=True)
class PackItem:
    """One item to decide: what it is, why its risk is what it is, what is open, and who read it.

    `changed_at` is the newest material edit since this reader read it.
    """

    item: AgendaItem
    reasons: list[ReasonLine]
    questions: list[Question]
    read_at: datetime | None
    changed_at: datetime | None
    readers: int

    @property
    def open(self) -> int:
        return sum(question.is_open for question in self.questions)

    @property
    def is_read(self) -> bool:
        """Read as it stands now."""
        return self.read_at is not None and self.changed_at is None


@dataclass(frozen=True)
class Pack:
    meeting: Meeting
    items: list[PackItem]
    members: int
    follow_ups: FollowUps

    @property
    def read(self) -> int:
        return sum(each.is_read for each in self.items)


def pack(meeting: Meeting, *, person: Person) -> Pack:
    """The whole pack as this person reads it. At most 38 queries, however many items it has."""
    items = list(_items(meeting))
    changes = [item.change for item in items if item.change]
    marks = list(ReadMark.objects.filter(item__in=items).values_list("item", "person", "at"))
    own = {item: at for item, reader, at in marks if reader == person.pk}
    members, edits, reasons = (
        {seat.person_id for seat in seats(meeting.on)},
        _edits(changes),
        _reasons(changes),
    )
    return Pack(
        meeting,
        [
            PackItem(
                item=item,
                reasons=reasons.get(item.change_id or 0, []),
                questions=list(item.change.questions.all()) if item.change else [],
                read_at=own.get(item.pk),
                changed_at=_since(edits[item.change_id or 0], own.get(item.pk)),
                readers=sum(
                    of == item.pk and reader in members and _since(edits[item.change_id or 0], at) is None
                    for of, reader, at in marks
                ),
            )
            for item in items
        ],
        len(members),
        follow_ups(meeting),
    )


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    """In their order, with all that is printed of them. Eleven queries."""
    tough = Question.objects.filter(kind=Question.Kind.TOUGH).select_related(
        "asked_by", "answered_by", "verified_by"
    )
    return (
        meeting.items.filter(kind__in=AgendaItem.TO_DECIDE)
        .select_related("change__window__system", "change__requester__group", "change__rule_set")
        .select_related("template__requester")
        .prefetch_related(
            "change__systems", "template__systems", "template__services",
            Prefetch("change__impacts", ServiceImpact.objects.select_related("service")),
            Prefetch("change__answers", RiskAnswer.objects.select_related("question")),
            Prefetch("change__steps", PlanStep.objects.select_related("owner")),
            Prefetch("change__questions", tough),
        )
    )  # fmt: skip


def _reasons(changes: list[Change]) -> Mapping[int, list[ReasonLine]]:
    """Change → why its risk is what it is, with the clients of today. Five queries."""
    kinds, asked, users = assessment.types(), questions(), Users()
    return {change.pk: _reasons_of(change, kinds, asked, users) for change in changes if change.rule_set}


def _reasons_of(change: Change, kinds: dict[str, str], asked: Questions, users: Users) -> list[ReasonLine]:
    sheet = Sheet(answers={row.question.key: row.value for row in change.answers.all()})
    if change.rule_set is None or not assessment.is_scorable(sheet):
        return []
    clients = users.of([each.pk for each in change.systems.all()], change.touched_services())
    judged = risk.assess(assessment.answers_of(sheet, kinds, clients), change.rule_set.read)
    return matrix.reasons(judged, asked)


def _edits(changes: list[Change]) -> Mapping[int, list[datetime]]:
    """Change → when it was edited so that the board must look at it again. One query."""
    found: dict[int, list[datetime]] = defaultdict(list)
    rows = Event.objects.filter(
        act=EDITED, subject_kind="changes.change", subject_id__in=[row.pk for row in changes]
    )
    for change, at, facts in rows.values_list("subject_id", "at", "facts"):
        if material(facts.get("fields") or ()):
            found[change].append(at)
    return found


def _since(edits: Iterable[datetime], read_at: datetime | None) -> datetime | None:
    return max((at for at in edits if read_at is not None and at > read_at), default=None)
