"""Votes between meetings: on the page of a change, and on the board's."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, QuerySet

from changeboard.people.models import Person
from changes.domain.electronic_vote import reminders
from changes.domain.lifecycle import State
from changes.models import (
    AgendaItem,
    Change,
    ConflictOfInterest,
    Decision,
    ElectronicVote,
    Meeting,
    Membership,
)
from changes.queries import item_picture
from changes.queries.item_picture import ItemPicture

LATEST = 6


@dataclass(frozen=True)
class Between:
    """`current` is the item while a vote runs; `ended` are the votes before, newest first; `to_ask` is the
    item that this reader may put to a vote now."""

    current: ItemPicture | None
    ended: list[ElectronicVote]
    to_ask: AgendaItem | None
    may_call_off: bool
    reminders: tuple[datetime, ...]


def between(change: Change, items: list[AgendaItem], *, person: Person, now: datetime) -> Between:
    """What the page of a change shows; `items` are those not decided yet. One query where no vote was asked
    for, none for a draft."""
    asked_for = ElectronicVote.objects.filter(item__change=change).with_item()
    votes = list(asked_for) if change.submitted_at else []
    running = next((each for each in votes if each.is_running(now)), None)
    ahead = [item for item in items if item.meeting.state == Meeting.State.PLANNED]
    may_lead = bool(ahead) and change.state == State.IN_REVIEW and person.has_perm("changes.decide", change)
    return Between(
        current=item_picture.of(running.item, person=person, now=now) if running else None,
        ended=[each for each in votes if each.closed_at is not None],
        to_ask=ahead[0] if may_lead and not running else None,
        may_call_off=running is not None and may_lead,
        reminders=reminders(running.opened_at, running.ends_at) if running else (),
    )


def to_vote(person: Person, *, now: datetime, today: date) -> QuerySet[ElectronicVote]:
    """The votes that run and wait for this member's; not those on which they have none."""
    running = ElectronicVote.objects.open().filter(deadline_at__gt=now, item__meeting__starts_at__gt=now)
    conflicts = ConflictOfInterest.objects.standing().filter(person=person, change__isnull=False)
    mine = running.filter(Exists(Membership.objects.on(today).filter(person=person)))
    mine = mine.exclude(item__votes__person=person).exclude(item__change__requester=person)
    mine = mine.exclude(item__change__in=conflicts.values("change"))
    return mine.select_related("item__meeting", "item__change__requester", "item__change__window__system")


@dataclass(frozen=True)
class OnTheBoard:
    """`running`: each with `cast`, how many votes it has; `decided`: the latest decisions."""

    running: list[ElectronicVote]
    decided: list[Decision]


def on_the_board() -> OnTheBoard:
    """What the board's page shows. Two queries."""
    running = ElectronicVote.objects.open().with_item().annotate(cast=Count("item__votes"))
    decided = Decision.objects.filter(is_between_meetings=True).select_related("change")
    return OnTheBoard(list(running.order_by("deadline_at")), list(decided[:LATEST]))
