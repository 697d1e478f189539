"""What of changes and of the board stands in one person's own calendar."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from changeboard.people.models import Person
from changes import labels
from changes.domain.lifecycle import State
from changes.models import Change, Condition, Meeting, Membership, Substitute
from maintenance.contributions import OwnEntry

NEVER_HAPPENS = (State.REJECTED, State.WITHDRAWN)
# A deadline has no length; calendars draw half an hour before it.
DEADLINE = timedelta(minutes=30)


def own_entries(person: Person, since: datetime) -> list[OwnEntry]:
    """Meetings of whoever sits on the board, conditions to meet, changes of one's own on a window. Five
    queries at most."""
    return [*_meetings(person, since), *_conditions(person, since), *_changes(person, since)]


def _meetings(person: Person, since: datetime) -> Iterator[OwnEntry]:
    """Those that the person has a seat in on the day, or a member's place; cancelled ones as cancelled."""
    held = Membership.objects.filter(person=person).select_related("person")
    seats = [*held, *Substitute.objects.filter(person=person).select_related("person")]
    if not seats:
        return
    for row in Meeting.objects.filter(ends_at__gt=since).order_by("starts_at"):
        if any(seat.is_on(row.on) for seat in seats):
            yield OwnEntry(
                f"board-{row.pk}", "meeting", row.starts_at, row.ends_at, labels.OWN["meeting"],
                row.get_state_display(), row.get_absolute_url(), row.sequence,
                is_cancelled=row.state == Meeting.State.CANCELLED, takes_time=True,
            )  # fmt: skip


def _conditions(person: Person, since: datetime) -> Iterator[OwnEntry]:
    """What the person still has to meet, at its deadline."""
    rows = Condition.objects.filter(owner=person, met_at=None, due_at__gt=since).select_related("change")
    for row in rows:
        yield OwnEntry(
            f"condition-{row.pk}", "condition", row.due_at - DEADLINE, row.due_at,
            labels.OWN["condition"].format(change=row.change.reference), row.text,
            f"{row.change.get_absolute_url()}#decisions",
        )  # fmt: skip


def _changes(person: Person, since: datetime) -> Iterator[OwnEntry]:
    """One's own changes and those with a step of one's own, over the window that they are on or ask for."""
    own = Q(requester=person) | Q(steps__owner=person)
    rows = Change.objects.filter(own, window__ends_at__gt=since).exclude(state__in=NEVER_HAPPENS)
    for row in rows.select_related("window").distinct().order_by("window__starts_at", "number"):
        window = row.window
        if window is not None:
            yield OwnEntry(
                f"{row.reference}-{window.reference}".lower(), "change", window.starts_at, window.ends_at,
                f"{row.reference} {row.title}".strip(), row.get_state_display(), row.get_absolute_url(),
                window.revision, is_cancelled=window.state == "cancelled",
            )  # fmt: skip
