"""What the side bar counts: things that wait for the reader, and when the board meets."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import cached_property

from changeboard import clock
from changeboard.history.models import Event
from changeboard.people.models import Person
from changes.models import Meeting
from changes.queries import news
from changes.queries import waiting as waiting_in_changes
from maintenance.queries import waiting as waiting_in_maintenance
from notifications.queries import waiting as waiting_in_notifications

# Each answers what waits for a person; an app that has something to do for people adds its own.
SOURCES: list[Callable[..., Sequence[Any]]] = [
    waiting_in_changes.waiting,
    waiting_in_maintenance.waiting,
    waiting_in_notifications.waiting,
]

# Whatever a person does is an event, so that a count is good until the next one; what only the clock or a mail
# server does is counted anew after so many seconds. In this process: nothing to be down, one number a person.
KEPT_SECONDS = 15
_kept: dict[int, tuple[tuple[int | None, int], int]] = {}


class Nav:
    """Counted when the side bar is drawn, not before: pages without one cost nothing."""

    def __init__(self, person: Person, now: datetime) -> None:
        self.person, self.now = person, now

    @cached_property
    def waiting(self) -> int:
        """How many things wait for the reader on the first page. One query while nothing has happened since."""
        if not settings.COUNTS_ARE_KEPT:
            return self._counted()
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
        moment = (newest, int(self.now.timestamp()) // KEPT_SECONDS)
        kept = _kept.get(self.person.pk)
        if kept is None or kept[0] != moment:
            kept = _kept[self.person.pk] = (moment, self._counted())
        return kept[1]

    def _counted(self) -> int:
        return sum(len(source(self.person, now=self.now)) for source in SOURCES)

    @cached_property
    def news(self) -> str:
        """How many lines of news are unread, "99+" above that, nothing for none. One query."""
        count = news.count(self.person)
        return "99+" if count > 99 else str(count or "")

    @cached_property
    def board(self) -> str:
        """The weekday of the next meeting within a week, “Live” during one, else nothing. One query."""
        meeting = Meeting.objects.ahead(now=self.now).first()
        if meeting is None:
            return ""
        days = (meeting.on - clock.local_date(self.now, settings.PLATFORM_TIME_ZONE)).days
        return "Live" if meeting.state == Meeting.State.LIVE else f"{meeting.on:%a}" if days < 7 else ""
