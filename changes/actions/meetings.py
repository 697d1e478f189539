"""The board meets every week: meetings made ahead, started, led from item to item, ended."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from changeboard import clock
from changeboard.history.record import record
from changeboard.people.models import Person, platform_time_zone
from changeboard.refusal import conflict
from changes.actions import ballots, timing
from changes.domain import meeting_dates
from changes.models import AgendaItem, Attendance, Meeting, MeetingRule
from changes.queries.meeting_dates import Dated, dated
from changes.queries.seats import may_sit

WEEKS_AHEAD = 6
# How far to look for a meeting when the next weeks have none: cancelled, left out, or met every few weeks.
FURTHER = (WEEKS_AHEAD, 26, 104)


def ensure_meetings(*, now: datetime, weeks: int = WEEKS_AHEAD) -> int:
    """Make the meetings of the next weeks; returns how many were new. A second run adds nothing.

    A week of the rule gets one meeting: moved or cancelled, it is never made again.
    """
    rule = MeetingRule.objects.current()
    today = clock.local_date(now, platform_time_zone())
    # A week back: a meeting may have moved to a later day than its own.
    wanted = dated(rule, today - timedelta(days=6), today + timedelta(weeks=weeks, days=-1))
    first = meeting_dates.monday(today) - timedelta(weeks=1)
    rows = Meeting.objects.filter(Q(week_on__gte=first) | Q(on__gte=first)).values_list("week_on", "on")
    made = {week for week, _ in rows}
    taken = {on for _, on in rows}
    missing = [
        each
        for each in wanted
        if each.sitting.week_on not in made and each.sitting.on not in taken and each.ends_at > now
    ]
    return sum(_make(each, now=now) for each in missing)


def _make(wanted: Dated, *, now: datetime) -> bool:
    sitting = wanted.sitting
    if sitting.on is None:
        return False
    moved_from = sitting.regular_on if sitting.on != sitting.regular_on else None
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                on=sitting.on, week_on=sitting.week_on, starts_at=wanted.starts_at, ends_at=wanted.ends_at,
                moved_from_on=moved_from,
            )  # fmt: skip
            record("meeting.planned", meeting, by=None, at=now, on=sitting.on, moved_from=moved_from)
    except IntegrityError:
        # Another process was quicker; the day and the week are unique.
        return False
    return True


def next_meeting(*, now: datetime) -> Meeting:
    """The meeting that a change filed now is put before: the next that has not begun."""
    for weeks in FURTHER:
        ensure_meetings(now=now, weeks=weeks)
        ahead = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__gt=now)
        if found := ahead.order_by("starts_at").first():
            return found
    raise conflict("meeting.none_ahead")


@transaction.atomic
def start(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Open the meeting; whoever opens it leads it, and the first item is on everybody's screen."""
    meeting = Meeting.objects.locked(meeting.pk)
    if meeting.state == Meeting.State.LIVE:
        return meeting
    planned(meeting)
    meeting.state, meeting.started_at, meeting.chair = Meeting.State.LIVE, at, by
    meeting.version += 1
    meeting.save()
    record("meeting.started", meeting, by=by, at=at)
    ballots.close_all(meeting, by=by, at=at)
    attend(meeting, by=by, at=at)
    first = meeting.items.filter(closed_at=None).first()
    return move_on(meeting, first, by=by, at=at) if first else meeting


@transaction.atomic
def take_over(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Lead the meeting from now on: the chair's laptop may be closed. Doing it twice changes nothing."""
    meeting = _live(meeting)
    if meeting.chair_id != by.pk:
        meeting.chair = by
        meeting.version += 1
        meeting.save(update_fields=["chair", "version"])
        record("meeting.taken_over", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def move_on(meeting: Meeting, item: AgendaItem, *, by: Person, at: datetime) -> Meeting:
    """Put an item on everybody's screen; its timer runs while it is there. There already, nothing changes."""
    meeting = _live(meeting)
    item = AgendaItem.objects.locked(item.pk)
    if item.meeting_id != meeting.pk:
        raise conflict("item.gone")
    if meeting.current_item_id == item.pk:
        return meeting
    timing.hide(meeting, at=at)
    timing.show(item, meeting, at=at)
    meeting.current_item = item
    meeting.version += 1
    meeting.save(update_fields=["current_item", "version"])
    record("meeting.item_opened", meeting, by=by, at=at, item=item.position, change=_about(item))
    return meeting


def _about(item: AgendaItem) -> object:
    """What the item is about, in words: a change, a template, or its kind."""
    return item.change or item.template or item.get_kind_display()


@transaction.atomic
def open_vote(item: AgendaItem, *, by: Person, at: datetime) -> AgendaItem:
    """Ask for votes on the item. A second time changes nothing."""
    item = AgendaItem.objects.locked(item.pk)
    if item.vote_opened_at is None:
        item.vote_opened_at = at
        item.save(update_fields=["vote_opened_at"])
        turn(item.meeting_id)
        record("meeting.vote_opened", item.meeting, by=by, at=at, item=item.position, change=_about(item))
    return item


@transaction.atomic
def attend(meeting: Meeting, *, by: Person, at: datetime) -> Attendance:
    """Be present, also after an apology. Seen again, only the time of the last sign is written."""
    before = Attendance.objects.filter(meeting=meeting, person=by).values_list("state", flat=True).first()
    present = {"state": Attendance.State.PRESENT, "reason": "", "last_seen_at": at}
    attendance, _ = Attendance.objects.update_or_create(meeting=meeting, person=by, defaults=present)
    if before != Attendance.State.PRESENT:
        turn(meeting.pk)
        record("meeting.attended", meeting, by=by, at=at)
    return attendance


def join(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Whoever has a seat, or sits in for one, is present by opening the page of a meeting in session."""
    if meeting.state == Meeting.State.LIVE and may_sit(by, meeting.on):
        seen = Attendance.objects.filter(meeting=meeting, person=by, state=Attendance.State.PRESENT)
        if not seen.exists():
            attend(meeting, by=by, at=at)


@transaction.atomic
def end(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Close the meeting. What was not decided stays in review and goes on the next agenda."""
    meeting = _live(meeting)
    timing.hide(meeting, at=at)
    meeting.state, meeting.ended_at, meeting.current_item = Meeting.State.ENDED, at, None
    meeting.version += 1
    meeting.save()
    record("meeting.ended", meeting, by=by, at=at)
    return meeting


def turn(meeting_id: int) -> None:
    """Raise the meeting's version: everybody's screen learns of it at its next poll."""
    Meeting.objects.filter(pk=meeting_id).update(version=F("version") + 1)


def planned(meeting: Meeting) -> Meeting:
    """The meeting, if it is still to come. Refused once it was cancelled, began or is over."""
    if meeting.state == Meeting.State.CANCELLED:
        raise conflict("meeting.is_cancelled", legal=["hold"])
    if meeting.state != Meeting.State.PLANNED:
        raise conflict("meeting.is_over" if meeting.state == Meeting.State.ENDED else "meeting.has_begun")
    return meeting


def _live(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.locked(meeting.pk)
    if meeting.state != Meeting.State.LIVE:
        raise conflict("meeting.is_not_live", legal=["start"] if meeting.state == "planned" else [])
    return meeting
