"""What happened to the changes that concern a person.

Worked out from history each time it is looked at, with one mark a person and change: nothing is copied
for each reader, so nothing can be missing or double, and a rule that is put right tells of the past as
well. The index history_of_a_subject leads from a person's changes to their events.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changeboard.people.models import Person, Role
from changes.domain.news import HEARD, Ear
from changes.models import Change, ElectronicVote, Kind, NewsMark, PlanStep, SignOff, Watch
from changes.queries.timeline import glyph

# The side bar counts no further.
MOST = 100
ON_EMERGENCIES = (Role.BOARD_MEMBER, Role.CHAIR, Role.RELEASE_ENGINEER, Role.CLIENT_SERVICES)


@dataclass(frozen=True)
class News:
    """One line: what was done by whom (None: a rule) to which change."""

    id: int
    at: datetime
    by: Person | None
    text: str
    glyph: str
    change: Change
    is_unread: bool


@dataclass(frozen=True)
class Followers:
    """Who is told of a change, and whether the reader is."""

    persons: list[Person]
    is_one: bool


def heard(person: Person) -> QuerySet[Event]:
    """Every event that is news to this person, each with `is_unread`."""
    told = Q(subject_id__in=_followed(person), act__in=HEARD[Ear.FOLLOWER])
    if person.group_id is not None:
        asked = SignOff.objects.filter(group=person.group_id)
        unanswered = asked.exclude(state=SignOff.State.AGREED)
        told |= Q(subject_id__in=asked.values("change"), act__in=HEARD[Ear.CIRCLE])
        told |= Q(subject_id__in=unanswered.values("change"), act__in=HEARD[Ear.UNANSWERED])
    if person.has_role(*ON_EMERGENCIES):
        emergencies = Change.objects.filter(kind=Kind.EMERGENCY).values("pk")
        told |= Q(subject_id__in=emergencies, act__in=HEARD[Ear.EMERGENCY])
    voted_on = ElectronicVote.objects.values("item__change")
    told |= Q(subject_id__in=voted_on, act__in=HEARD[Ear.ASKED], facts__asked__contains=[person.pk])
    events = Event.objects.filter(told, subject_kind=Change._meta.label_lower).exclude(by=person)
    return events.annotate(is_unread=~_read_by(person))


def unread(person: Person) -> QuerySet[Event]:
    """Those of them that the person has not read yet."""
    return heard(person).filter(~_read_by(person))


def _read_by(person: Person) -> Exists:
    marks = NewsMark.objects.filter(person=person, change=OuterRef("subject_id"))
    return Exists(marks.filter(read_up_to__gte=OuterRef("pk")))


def _followed(person: Person) -> QuerySet[Change]:
    """One's own changes, those with a step of one's own and those one watches, but for the muted."""
    steps = PlanStep.objects.filter(owner=person).values("change")
    watched = Watch.objects.filter(person=person).values("change")
    muted = NewsMark.objects.filter(person=person, is_muted=True).values("change")
    followed = Change.objects.filter(Q(requester=person) | Q(pk__in=steps) | Q(pk__in=watched))
    return followed.exclude(pk__in=muted).order_by()


def count(person: Person) -> int:
    """How many lines are unread; counted up to a hundred. One query."""
    return unread(person)[:MOST].count()


def so_far(person: Person) -> tuple[int, int]:
    """The newest event there is, and a number that grows with whatever the person reads. One query."""
    marks = NewsMark.objects.filter(person=person).order_by().values("person")
    read = marks.annotate(sum=Sum("read_up_to") + Count("pk", filter=Q(is_muted=True))).values("sum")
    found = Event.objects.order_by("-pk").values_list("pk", Subquery(read)).first()
    return (found[0], found[1] or 0) if found else (0, 0)


def lines(events: Iterable[Event]) -> list[News]:
    """The events of `heard` in words. Two queries: the events with who did it, and the changes."""
    found = list(events)
    changes = Change.objects.in_bulk({event.subject_id for event in found})
    return [
        News(
            event.pk,
            event.at,
            event.by,
            sentence(event),
            glyph(event.act),
            changes[event.subject_id],
            getattr(event, "is_unread", False),
        )
        for event in found
        if event.subject_id in changes
    ]


def followers(change: Change, *, reader: Person) -> Followers:
    """Requester, owners of steps and watchers, without those who muted it. One query."""
    steps = PlanStep.objects.filter(change=change, owner__isnull=False).values("owner")
    watches = Watch.objects.filter(change=change).values("person")
    muted = NewsMark.objects.filter(change=change, is_muted=True).values("person")
    told = Q(pk=change.requester_id) | Q(pk__in=steps) | Q(pk__in=watches)
    persons = list(
        Person.objects.filter(told, is_active=True).exclude(pk__in=muted).order_by("last_name", "pk")
    )
    return Followers(persons, reader in persons)
