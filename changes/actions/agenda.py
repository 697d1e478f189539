"""Putting a change before the board: on the next meeting that has not begun."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from changeboard.history.record import record
from changeboard.people.models import Person
from changes.actions import alignment, meetings, minutes
from changes.domain import lifecycle
from changes.domain.agenda_order import Candidate, arranged, ordered
from changes.domain.lifecycle import Act
from changes.models import AgendaItem, Change, Kind, Meeting, Template
from changes.queries.minutes import to_approve

FOLLOW_UPS = (
    AgendaItem.Kind.EMERGENCY,
    AgendaItem.Kind.CONDITIONS,
    AgendaItem.Kind.RELEASED,
    AgendaItem.Kind.AHEAD,
)


@transaction.atomic
def place(change: Change, *, by: Person | None, at: datetime) -> AgendaItem:
    """Put the change on the next agenda: it is in review. Already there, nothing is added.

    A short-notice change starts its playbook: the groups of the wider circle are asked.
    """
    change = Change.objects.locked(change.pk)
    change.state = lifecycle.after(change.state, Act.PLACE)
    change.save(update_fields=["state"])
    meeting = meetings.next_meeting(now=at)
    item, is_new = AgendaItem.objects.get_or_create(
        meeting=meeting, change=change, defaults={"position": meeting.items.count() + 1}
    )
    if is_new:
        record("change.placed", change, by=by, at=at, on=meeting.on, starts_at=meeting.starts_at)
        build(meeting, at=at)
    if change.is_short_notice(now=at):
        alignment.start(change, by=by, at=at)
    return AgendaItem.objects.get(pk=item.pk)


@transaction.atomic
def place_template(template: Template, *, by: Person | None, at: datetime) -> AgendaItem:
    """Put a proposed template on the next agenda. Already there, nothing is added."""
    meeting = meetings.next_meeting(now=at)
    item, is_new = AgendaItem.objects.get_or_create(
        meeting=meeting, template=template,
        defaults={"kind": AgendaItem.Kind.TEMPLATE, "position": meeting.items.count() + 1},
    )  # fmt: skip
    if is_new:
        record("template.placed", template, by=by, at=at, on=meeting.on)
        build(meeting, at=at)
    return item


@transaction.atomic
def follow_up(*, at: datetime) -> Meeting:
    """See that the next agenda exists with what it brings back, also when nothing is to be decided."""
    meeting = meetings.next_meeting(now=at)
    build(meeting, at=at)
    return meeting


@transaction.atomic
def leave(change: Change, *, at: datetime) -> None:
    """Take the change off every agenda that is still to decide it. A second time nothing happens."""
    undecided = AgendaItem.objects.filter(change=change, closed_at=None)
    take_off(undecided.exclude(meeting__state="ended"), at=at)


def take_off(items: QuerySet[AgendaItem], *, at: datetime) -> None:
    """Take what nobody decides any more off its agenda. In a meeting in session it stays there, closed: the
    room has seen it, and the minutes say what became of it."""
    shown = list(Meeting.objects.filter(items__in=items).distinct())
    items.filter(meeting__state=Meeting.State.LIVE).update(closed_at=at)
    items.exclude(meeting__state=Meeting.State.LIVE).delete()
    for meeting in shown:
        build(meeting, at=at)


@transaction.atomic
def build(meeting: Meeting, *, at: datetime) -> list[AgendaItem]:
    """Bring the agenda into its order and add what is to follow up. Twice gives the same agenda."""
    kinds = (AgendaItem.Kind.MINUTES, *FOLLOW_UPS) if to_approve(meeting) else FOLLOW_UPS
    for kind in kinds:
        AgendaItem.objects.get_or_create(meeting=meeting, kind=kind, defaults={"position": 900})
    items = list(meeting.items.select_related("change__window").order_by("position", "id"))
    by_hand = Meeting.objects.values_list("by_hand", flat=True).get(pk=meeting.pk)
    by_id = {item.pk: item for item in items}
    in_order = [by_id[each] for each in arranged(_usual(items, at), by_hand)]
    in_order += [
        item for kind in (AgendaItem.Kind.MINUTES, *FOLLOW_UPS) for item in items if item.kind == kind
    ]
    for place_, item in enumerate(in_order, 1):
        item.position = place_
    AgendaItem.objects.bulk_update(in_order, ["position"])
    meetings.turn(meeting.pk)
    return in_order


def _usual(items: list[AgendaItem], at: datetime) -> list[int]:
    """The items to decide by the rule: changes in their order, then templates as they came."""
    to_decide = {item.change_id: item.pk for item in items if item.kind == AgendaItem.Kind.DECIDE}
    first = ordered(
        _candidate(item.change, at) for item in items if item.change_id in to_decide and item.change
    )
    templates = [item.pk for item in items if item.kind == AgendaItem.Kind.TEMPLATE]
    return [*(to_decide[each.change_id] for each in first), *templates]


@transaction.atomic
def carry_over(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Draw up the minutes, and put them and what was not decided on the next agenda; returns how many changes."""
    minutes.draw_up(meeting, at=at)
    undecided = meeting.items.filter(kind=AgendaItem.Kind.DECIDE, closed_at=None).select_related("change")
    changes = [item.change for item in undecided if item.change and item.change.state == "in_review"]
    for change in changes:
        place(change, by=by, at=at)
    # A deferred template is still proposed: it comes back as it is.
    templates = Template.objects.filter(agenda_items__meeting=meeting, state="proposed")
    for template in templates:
        place_template(template, by=by, at=at)
    follow_up(at=at)
    return len(changes) + len(templates)


def _candidate(change: Change, at: datetime) -> Candidate:
    return Candidate(
        change_id=change.pk,
        number=change.number,
        is_short_notice=change.is_short_notice(now=at),
        is_emergency=change.kind == Kind.EMERGENCY,
        starts_at=change.window.starts_at if change.window else None,
    )
