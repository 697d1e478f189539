"""What waits for a person in changes, for the first page of each role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from changeboard import time_words
from changeboard.directory.queries.public_holidays import today
from changeboard.people.models import Person, Role
from changes import labels
from changes.domain.lifecycle import OVER, State
from changes.domain.untouched import lies
from changes.models import (
    AgendaItem,
    Change,
    Condition,
    Kind,
    PlanStep,
    Question,
    SignOff,
    Template,
    WindowWish,
)
from changes.models.change import ChangeQuerySet
from changes.queries import untouched
from changes.queries.between import to_vote

Limits = Mapping[State, timedelta]
MOST = 20
BY_STATE = {
    State.DRAFT: "complete",
    State.DEFERRED: "deferred",
    State.APPROVED: "ride",
    State.IMPLEMENTED: "review",
    State.BACKED_OUT: "review",
}
EMERGENCY_UNDER_WAY = (
    State.SUBMITTED, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.IN_PROGRESS, State.VERIFYING,
)  # fmt: skip
ANCHORS = {
    "answer": "#questions",
    "verify": "#questions",
    "condition": "#decisions",
    "vote": "#electronic-vote",
    "condition_overdue": "#decisions",
    "sign_off": "#wider-circle",
    "sign_paragraph": "#notices",
    "review": "#review",
    "review_overdue": "#review",
    "wish_waits": "#window-wish",
    "wish_made": "#window-wish",
}


@dataclass(frozen=True)
class Waiting:
    """One thing to do: title, detail, where, what the button says, and by when if that is known."""

    code: str
    title: str
    detail: str
    url: str
    act: str
    change: Change
    due_at: datetime | None = None


def waiting(person: Person, *, now: datetime) -> list[Waiting]:
    """Everything of changes that waits for `person`; at most twenty of each kind. At most thirteen queries."""
    found = [*_changes(person, now), *_to_answer(person), *_conditions(person, now), *_overdue(person, now)]
    found += _untouched(person, now)
    if person.has_role(Role.BOARD_MEMBER, Role.CHAIR):
        found += [*_to_verify(person), *_emergencies(person), *_to_vote(person, now)]
    if person.group_id is not None:
        found += [*_sign_offs(person), *_paragraphs(person)]
    due = _board_days([item.change for item in found])
    return [_dated(item, due) for item in found]


def _item(code: str, change: Change, detail: str = "", due_at: datetime | None = None) -> Waiting:
    title, act = labels.WAITING[code]
    url = change.get_absolute_url() + ANCHORS.get(code, "")
    return Waiting(
        code, title.format(title=change.title or change.reference), detail, url, act, change, due_at
    )


def _changes(person: Person, now: datetime) -> list[Waiting]:
    """One's own, emergencies that one is told of, overdue reviews, failures of one's templates. One query.

    Together, because every page counts what waits: see changeboard/nav.py.
    """
    own = Q(requester=person, state__in=BY_STATE)
    failed = Q(pk__in=Template.objects.suspended_of(person).values("suspended_because"))
    rows = Change.objects.filter(own | failed | _told(person) | _wished(person))
    if person.has_role(Role.CHAIR):
        rows |= Change.objects.review_overdue(now=now)
    limits = untouched.limits(now)
    shown = untouched.touched(_with_wishes(rows).select_related("template").for_pages())[: 2 * MOST]
    return [item for row in shown for item in _why(row, person, now, limits)]


def _told(person: Person) -> Q:
    """An emergency is told at once to the owners of its steps, to whoever leads windows and to whoever
    speaks with clients. Members of the board are asked for their approval instead."""
    under_way = Q(kind=Kind.EMERGENCY, state__in=EMERGENCY_UNDER_WAY) & ~Q(requester=person)
    if person.has_role(Role.RELEASE_ENGINEER, Role.CLIENT_SERVICES):
        return under_way
    return under_way & Q(pk__in=PlanStep.objects.filter(owner=person).values("change"))


def _wished(person: Person) -> Q:
    """A window was planned where one's change wished for it; and, for whoever plans windows, wishes of all."""
    made = Q(requester=person, pk__in=WindowWish.objects.answered().values("change"))
    if not person.has_perm("maintenance.create_window"):
        return made
    return made | Q(pk__in=WindowWish.objects.unanswered().values("change"))


def _with_wishes(rows: ChangeQuerySet) -> ChangeQuerySet:
    """With the day that each wishes for, while nobody has answered or once a window is there."""
    wishes = WindowWish.objects.filter(change=OuterRef("pk"))
    return rows.annotate(
        wish_waits=Subquery(wishes.unanswered().values("on")[:1]),
        wish_made=Subquery(wishes.answered().values("on")[:1]),
    )


def _wishes(change: Change, person: Person) -> list[Waiting]:
    found = []
    waits, made = change.wish_waits, change.wish_made  # type: ignore[attr-defined]
    if waits and person.has_perm("maintenance.create_window"):
        found.append(_item("wish_waits", change, time_words.day(waits)))
    if made and change.requester_id == person.pk:
        found.append(_item("wish_made", change, time_words.day(made)))
    return found


def _why(change: Change, person: Person, now: datetime, limits: Limits) -> list[Waiting]:
    """Everything for which this change stands in front of this person."""
    state, template, is_own = State(change.state), change.template, change.requester_id == person.pk
    due_at, found = change.review_due_at, _wishes(change, person)
    if is_own and state in BY_STATE:
        found.append(_item(BY_STATE[state], change, _since(change, now, limits), due_at))
    if not is_own and change.kind == Kind.EMERGENCY and state in EMERGENCY_UNDER_WAY:
        found.append(_item("emergency_told", change))
    if not is_own and state in BY_STATE and due_at is not None and due_at < now:
        found.append(_item("review_overdue", change, due_at=due_at))
    if template is not None and template.suspended_because_id == change.pk and template.is_of(person):
        title, act = labels.WAITING["template_suspended"]
        said, url = f"After {change} failed", template.get_absolute_url()
        found.append(Waiting("template_suspended", title.format(title=template), said, url, act, change))
    return found


def _since(change: Change, now: datetime, limits: Limits) -> str:
    """For how long nothing has happened, once that is too long; empty before."""
    at: datetime = change.touched_at  # type: ignore[attr-defined]
    return (
        f"Untouched for {(now - at).days} days."
        if lies(State(change.state), at, now=now, limits=limits)
        else ""
    )


def _untouched(person: Person, now: datetime) -> list[Waiting]:
    """What others have left lying. One query for who moves such things on, none for everybody else."""
    rows = untouched.of(person, now=now)
    if rows is None:
        return []
    shown = rows.select_related("requester", "window__system")[:MOST]
    return [_item("untouched", row, _left(row, now)) for row in shown]


def _left(change: Change, now: datetime) -> str:
    at: datetime = change.touched_at  # type: ignore[attr-defined]
    return f"{change.get_state_display()}, untouched for {(now - at).days} days. {change.requester}"


def _to_answer(person: Person) -> list[Waiting]:
    open_ones = _questions().filter(change__requester=person, answered_at=None)
    return [_item("answer", q.change, f"{q.asked_by} asks: “{q.text}”") for q in open_ones[:MOST]]


def _to_verify(person: Person) -> list[Waiting]:
    answered = _questions().filter(answered_at__isnull=False, verified_at=None)
    others = answered.exclude(answered_by=person).exclude(change__requester=person)
    return [_item("verify", q.change, f"“{q.text}”") for q in others[:MOST]]


def _questions() -> QuerySet[Question]:
    open_changes = Question.objects.exclude(change__state__in=OVER).filter(kind=Question.Kind.TOUGH)
    return open_changes.select_related("asked_by", "change__requester", "change__window__system")


def _conditions(person: Person, now: datetime) -> list[Waiting]:
    unmet = Condition.objects.filter(owner=person, met_at=None).exclude(change__state__in=OVER)
    rows = unmet.select_related("change__requester", "change__window__system")[:MOST]
    return [
        _item("condition_overdue" if row.is_overdue(now) else "condition", row.change, row.text, row.due_at)
        for row in rows
    ]


def _sign_offs(person: Person) -> list[Waiting]:
    asked = SignOff.objects.filter(group=person.group_id).exclude(state=SignOff.State.AGREED)
    rows = asked.exclude(change__state__in=OVER).exclude(change__requester=person)
    return [_item("sign_off", row.change) for row in rows.select_related("change__window__system")[:MOST]]


def _paragraphs(person: Person) -> list[Waiting]:
    if not person.has_perm("changes.sign_paragraph"):
        return []
    worded = Change.objects.open().exclude(client_paragraph="").exclude(state=State.DRAFT)
    rows = worded.filter(paragraph_signed_at=None).exclude(requester=person).for_pages()[:MOST]
    return [_item("sign_paragraph", row, due_at=row.window.starts_at if row.window else None) for row in rows]


def _emergencies(person: Person) -> list[Waiting]:
    asked = Change.objects.filter(kind=Kind.EMERGENCY, state__in=(State.SUBMITTED, State.IN_REVIEW))
    rows = asked.exclude(requester=person).exclude(emergency_approvals__person=person).for_pages()[:MOST]
    return [_item("emergency", row) for row in rows]


def _to_vote(person: Person, now: datetime) -> list[Waiting]:
    rows = to_vote(person, now=now, today=today(now))
    return [_item("vote", row.item.change, due_at=row.ends_at) for row in rows[:MOST] if row.item.change]


def _overdue(person: Person, now: datetime) -> list[Waiting]:
    rows = Change.objects.overdue(now=now).for_pages()
    if not person.has_role(Role.RELEASE_ENGINEER):
        rows = rows.of_requester(person)
    return [_item("overdue", row, due_at=row.window.ends_at if row.window else None) for row in rows[:MOST]]


def _board_days(changes: list[Change]) -> dict[int, datetime]:
    """Change id → start of the meeting that is to decide it. One query."""
    items = AgendaItem.objects.filter(change__in=changes, closed_at=None).exclude(meeting__state="ended")
    return {
        item.change_id: item.meeting.starts_at for item in items.select_related("meeting") if item.change_id
    }


def _dated(item: Waiting, due: dict[int, datetime]) -> Waiting:
    if item.due_at is not None or item.change.pk not in due:
        return item
    return Waiting(**{**vars(item), "due_at": due[item.change.pk]})
