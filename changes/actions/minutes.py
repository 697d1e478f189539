"""Minutes: drawn up when the meeting ends, corrected by whoever leads, approved by the next meeting."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from changes.actions import meetings
from changes.models import Meeting, MinuteEntry, Minutes
from changes.queries.minutes import written


@transaction.atomic
def draw_up(meeting: Meeting, *, at: datetime) -> Minutes:
    """Write down what happened, item by item. A second time changes nothing: the chair may have corrected."""
    meeting = Meeting.objects.locked(meeting.pk)
    if meeting.state != Meeting.State.ENDED:
        raise conflict("minutes.not_over")
    minutes, is_new = Minutes.objects.get_or_create(meeting=meeting, defaults={"drawn_up_at": at})
    if is_new:
        MinuteEntry.objects.bulk_create(
            MinuteEntry(
                minutes=minutes, item=each.item, position=place, heading=each.heading[:300], text=each.text
            )
            for place, each in enumerate(written(meeting))
        )
    return minutes


@transaction.atomic
def correct(entry: MinuteEntry, *, text: str, by: Person, at: datetime) -> MinuteEntry:
    """Say it better; what stood there before is in the history. The same text again changes nothing.

    Refused without words, and once the minutes are approved.
    """
    minutes = Minutes.objects.select_for_update().select_related("meeting").get(pk=entry.minutes_id)
    entry = MinuteEntry.objects.get(pk=entry.pk)
    if minutes.approved_at is not None:
        raise conflict("minutes.are_approved", at=minutes.approved_at)
    after = text.replace("\r\n", "\n").strip()
    if not after:
        raise refuse("minutes.empty_entry", at_field="text")
    if after != entry.text:
        before, entry.text = entry.text, after
        entry.save(update_fields=["text"])
        record(
            "minutes.corrected", minutes.meeting, by=by, at=at, heading=entry.heading,
            changes={entry.heading: [before, after]},
        )  # fmt: skip
    return entry


@transaction.atomic
def approve(minutes: Minutes, *, by: Person, at: datetime) -> Minutes:
    """The board approves them, in a later meeting that is in session; they are frozen then.

    Refused while no later meeting is in session. Approved already, nothing changes.
    """
    minutes = Minutes.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=minutes.pk)
    if minutes.approved_at is not None:
        return minutes
    live = Meeting.objects.filter(state=Meeting.State.LIVE, starts_at__gt=minutes.meeting.starts_at).first()
    if live is None:
        raise conflict("minutes.need_a_meeting")
    minutes.approved_at, minutes.approved_by, minutes.approved_in = at, by, live
    minutes.save()
    meetings.turn(live.pk)
    record("minutes.approved", minutes.meeting, by=by, at=at, on=live.on)
    record("meeting.minutes_approved", live, by=by, at=at, on=minutes.meeting.on)
    return minutes
