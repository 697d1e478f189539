"""The chair brings the agenda into another order, and back into the usual one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict
from changes.actions import agenda
from changes.domain.agenda_order import moved
from changes.models import AgendaItem, Meeting


@transaction.atomic
def move(item: AgendaItem, *, to: int, seen: Sequence[int], by: Person, at: datetime) -> Meeting:
    """Put an item to decide at the place `to`, counted from 1. To its own place nothing happens.

    `seen` is the order (ids) that the chair looked at: refused (409) when it is another meanwhile, and when
    the meeting is over.
    """
    meeting = _open(item.meeting_id)
    order = in_order(meeting)
    if list(seen) != order or item.pk not in order:
        raise conflict("agenda.moved_meanwhile")
    wanted = moved(order, item.pk, to)
    if wanted != order:
        _write(meeting, wanted, at=at)
        before, place = order.index(item.pk) + 1, wanted.index(item.pk) + 1
        record("meeting.item_moved", meeting, by=by, at=at, item=item.subject, before=before, place=place)
    return meeting


@transaction.atomic
def usual_order(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Let the rule order the agenda again. A second time nothing happens."""
    meeting = _open(meeting.pk)
    if meeting.by_hand:
        _write(meeting, [], at=at)
        record("meeting.usual_order", meeting, by=by, at=at)
    return meeting


def in_order(meeting: Meeting) -> list[int]:
    """The items to decide, by their place. One query."""
    return list(meeting.items.filter(kind__in=AgendaItem.TO_DECIDE).values_list("pk", flat=True))


def _open(meeting_id: int) -> Meeting:
    meeting = Meeting.objects.locked(meeting_id)
    if meeting.state in (Meeting.State.ENDED, Meeting.State.CANCELLED):
        raise conflict("agenda.is_closed")
    return meeting


def _write(meeting: Meeting, order: list[int], *, at: datetime) -> None:
    meeting.by_hand = order
    meeting.save(update_fields=["by_hand"])
    agenda.build(meeting, at=at)
