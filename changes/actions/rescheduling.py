"""One meeting is moved, cancelled, or held after all; and all of them follow when the rule changes."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from changeboard import clock
from changeboard.history.record import record
from changeboard.people.models import Person, platform_time_zone
from changeboard.refusal import Reason, Refusal, refuse
from changes.actions import agenda, meetings
from changes.domain import meeting_dates
from changes.models import AgendaItem, Meeting, MeetingRule
from changes.queries.meeting_dates import Dated, dated
from changes.queries.seats import seats

# Why a meeting that no longer fits the rule is cancelled, as its members read it.
NEW_RULE = "The board meets by a new rule."


@transaction.atomic
def move(meeting: Meeting, *, on: date, start_time: time, reason: str, by: Person, at: datetime) -> Meeting:
    """Hold the meeting at another time, in the platform's zone; it stays as long as it was.

    Refused without a reason, into the past, onto a day that has a meeting, and once it began.
    """
    meeting = meetings.planned(Meeting.objects.locked(meeting.pk))
    starts_at = clock.at_wall(on, start_time, platform_time_zone())
    faults = [] if reason.strip() else [Reason("meeting.no_reason", {}, "reason")]
    if starts_at <= at:
        faults.append(Reason("meeting.in_the_past", {}, "on"))
    elif starts_at == meeting.starts_at:
        faults.append(Reason("meeting.same_time", {}, "on"))
    elif Meeting.objects.filter(on=on).exclude(pk=meeting.pk).exists():
        faults.append(Reason("meeting.day_taken", {"on": on}, "on"))
    if faults:
        raise Refusal(faults)
    meeting.reason = reason.strip()
    return _put(meeting, on, starts_at, starts_at + (meeting.ends_at - meeting.starts_at), by=by, at=at)


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: Person | None, at: datetime) -> Meeting:
    """Call the meeting off; what was before it goes before the next one. Its week gets no other meeting."""
    meeting = meetings.planned(Meeting.objects.locked(meeting.pk))
    if not reason.strip():
        raise refuse("meeting.no_reason", at_field="reason")
    meeting.state, meeting.reason = Meeting.State.CANCELLED, reason.strip()
    meeting.sequence += 1
    meeting.version += 1
    meeting.save()
    record("meeting.cancelled", meeting, by=by, at=at, reason=meeting.reason)
    _hand_on(meeting, at=at)
    return meeting


@transaction.atomic
def hold(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Hold a cancelled meeting after all. Refused once its time has passed; held already, nothing changes."""
    meeting = Meeting.objects.locked(meeting.pk)
    if meeting.state != Meeting.State.CANCELLED:
        return meeting
    if meeting.starts_at <= at:
        raise refuse("meeting.in_the_past")
    meeting.state, meeting.reason = Meeting.State.PLANNED, ""
    meeting.sequence += 1
    meeting.version += 1
    meeting.save()
    record("meeting.held_after_all", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def set_rule(
    *, weekday: int, start_time: time, length_minutes: int, every_weeks: int, counted_from: date | None,
    on_holiday: str, quorum_percent: int, quorum_groups: int, by: Person, at: datetime,
) -> MeetingRule:  # fmt: skip
    """Change when the board meets and what a quorum takes.

    Meetings ahead that nobody moved by hand follow; a week that the rule no longer has is cancelled, and
    what was before it goes before the next meeting.
    """
    rule = MeetingRule.objects.select_for_update().current()
    before = str(rule)
    if every_weeks > 1 and counted_from is None:
        raise refuse("meeting_rule.counted_from_when", at_field="counted_from")
    _reachable(quorum_groups, on=clock.local_date(at, platform_time_zone()))
    rule.weekday, rule.start_time, rule.on_holiday = weekday, start_time, on_holiday
    rule.length_minutes, rule.every_weeks = length_minutes, every_weeks
    rule.counted_from = counted_from or rule.counted_from
    rule.quorum_percent, rule.quorum_groups = quorum_percent, quorum_groups
    rule.save()
    record("meeting_rule.changed", rule, by=by, at=at, before=before, after=str(rule))
    _follow(rule, by=by, at=at)
    meetings.ensure_meetings(now=at)
    return rule


def _reachable(groups: int, *, on: date) -> None:
    """Refuse a quorum that the board, as it sits today, could never reach."""
    sitting = {seat.group_id for seat in seats(on)} - {None}
    if sitting and groups > len(sitting):
        raise refuse("meeting_rule.too_many_groups", at_field="quorum_groups", groups=len(sitting))


def _follow(rule: MeetingRule, *, by: Person, at: datetime) -> None:
    """Bring the meetings ahead to the rule, as their days become free; one in the way of another goes first."""
    ahead = Meeting.objects.select_for_update().filter(
        state=Meeting.State.PLANNED, starts_at__gt=at, reason="", week_on__isnull=False
    )
    waiting = {meeting.week_on: meeting for meeting in ahead if meeting.week_on}
    if not waiting:
        return
    last = max(waiting) + timedelta(days=6)
    wanted = {each.sitting.week_on: each for each in dated(rule, min(waiting), last)}
    for week in [week for week in waiting if week not in wanted or wanted[week].sitting.on is None]:
        cancel(waiting.pop(week), reason=NEW_RULE, by=by, at=at)
    while moved := [week for week in waiting if _can_go(waiting[week], wanted[week], at)]:
        for week in moved:
            meeting, there = waiting.pop(week), wanted[week]
            if _can_go(meeting, there, at):
                _put(meeting, there.sitting.on or meeting.on, there.starts_at, there.ends_at, by=by, at=at)


def _can_go(meeting: Meeting, there: Dated, at: datetime) -> bool:
    """Whether the rule has another time for it, still to come, on a day that is free."""
    if there.starts_at <= at or (meeting.starts_at, meeting.ends_at) == (there.starts_at, there.ends_at):
        return False
    others = Meeting.objects.exclude(pk=meeting.pk)
    return there.sitting.on is not None and not others.filter(on=there.sitting.on).exists()


def _put(
    meeting: Meeting, on: date, starts_at: datetime, ends_at: datetime, *, by: Person, at: datetime
) -> Meeting:
    was_on, was_at = meeting.on, meeting.starts_at
    meeting.on, meeting.starts_at, meeting.ends_at = on, starts_at, ends_at
    if meeting.reason:
        first = meeting.moved_from_on or was_on
        meeting.moved_from_on = first if first != meeting.on else None
    else:
        meeting.moved_from_on = _regular(meeting)
    meeting.sequence += 1
    meeting.version += 1
    meeting.save()
    record("meeting.moved", meeting, by=by, at=at, before=was_at, starts_at=starts_at, reason=meeting.reason)
    return meeting


def _regular(meeting: Meeting) -> date | None:
    """The day of the rule that a holiday took; None where the meeting is held on its own day."""
    regular = (meeting.week_on or meeting_dates.monday(meeting.on)) + timedelta(
        days=MeetingRule.objects.current().weekday
    )
    return regular if regular != meeting.on else None


def _hand_on(meeting: Meeting, *, at: datetime) -> None:
    """What is undecided goes before the next meeting, with the votes cast on it so far."""
    undecided = list(
        AgendaItem.objects.filter(meeting=meeting, kind__in=AgendaItem.TO_DECIDE, closed_at=None)
        .select_related("change", "template")
        .order_by("position")
    )
    if not undecided:
        return
    following = meetings.next_meeting(now=at)
    for item in undecided:
        there = following.items.filter(change=item.change, template=item.template)
        if there.exists():
            item.delete()
            continue
        item.meeting = following
        item.save(update_fields=["meeting"])
        subject = item.change or item.template
        if subject is not None:
            act = f"{subject._meta.model_name}.placed"
            record(act, subject, by=None, at=at, on=following.on, starts_at=following.starts_at)
    agenda.build(following, at=at)
