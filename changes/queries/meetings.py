"""The board's meetings as the calendar shows them."""

from datetime import datetime

from changes.models import Meeting
from maintenance.contributions import Entry


def entries(start: datetime, end: datetime) -> list[Entry]:
    """Meetings between two instants. One query."""
    rows = Meeting.objects.held().filter(starts_at__lt=end, ends_at__gt=start).order_by("starts_at")
    return [
        Entry("meeting", row.starts_at, row.ends_at, "Board", row.get_state_display(), row.get_absolute_url())
        for row in rows
    ]
