"""The timer of an agenda item: it runs while the item is on everybody's screen. Of the server, so that no closed
laptop stops it."""

from datetime import datetime

from changes.domain.item_time import allotted
from changes.models import AgendaItem, Meeting


def show(item: AgendaItem, meeting: Meeting, *, at: datetime) -> None:
    """Begin to count, inside the caller's transaction. What is to decide is given its share of the time that is
    left, when it is opened first."""
    if item.opened_at is None:
        item.opened_at = at
        if item.kind in AgendaItem.TO_DECIDE:
            waiting = meeting.items.filter(kind__in=AgendaItem.TO_DECIDE, closed_at=None, opened_at=None)
            left = meeting.ends_at - max(at, meeting.starts_at)
            item.allotted_seconds = allotted(left, among=waiting.count())
    item.shown_at = at
    item.save(update_fields=["opened_at", "allotted_seconds", "shown_at"])


def hide(meeting: Meeting, *, at: datetime) -> None:
    """Stop counting for the item that is on everybody's screen, if there is one."""
    if meeting.current_item_id is None:
        return
    item = AgendaItem.objects.select_for_update().filter(pk=meeting.current_item_id).first()
    if item is None or item.shown_at is None:
        return
    item.spent_seconds += max(0, round((at - item.shown_at).total_seconds()))
    item.shown_at = None
    item.save(update_fields=["spent_seconds", "shown_at"])
