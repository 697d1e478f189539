"""What the side bar counts: things that wait for the reader, and when the board meets."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.utils.functional import cached_property

from changeboard import clock
from changeboard.history import kept
from changeboard.people.models import Person
from changes.models import Meeting
from changes.queries import news
from changes.queries import waiting as waiting_in_changes
from maintenance.queries import waiting as waiting_in_maintenance
from notifications.queries import waiting as waiting_in_notifications

T = TypeVar("T")

# Each answers what waits for a person; an app that has something to do for people adds its own.
SOURCES: list[Callable[..., Sequence[Any]]] = [
    waiting_in_changes.waiting,
    waiting_in_maintenance.waiting,
    waiting_in_notifications.waiting,
]


class Nav:
    """Counted when the side bar is drawn, not before: pages without one cost nothing."""

    def __init__(self, person: Person, now: datetime) -> None:
        self.person, self.now = person, now

    @cached_property
    def waiting(self) -> int:
        """How many things wait for the reader on the first page."""
        return self._kept("waiting", lambda: sum(len(each(self.person, now=self.now)) for each in SOURCES))

    @cached_property
    def news(self) -> str:
        """How many lines of news are unread, "99+" above that, nothing for none."""
        count = self._kept("news", lambda: news.count(self.person))
        return "99+" if count > 99 else str(count or "")

    @cached_property
    def board(self) -> str:
        """The weekday of the next meeting within a week, “Live” during one, else nothing."""
        meeting = self._kept("board", lambda: Meeting.objects.ahead(now=self.now).first())
        if meeting is None:
            return ""
        days = (meeting.on - clock.local_date(self.now, settings.PLATFORM_TIME_ZONE)).days
        return "Live" if meeting.state == Meeting.State.LIVE else f"{meeting.on:%a}" if days < 7 else ""

    @cached_property
    def _so_far(self) -> tuple[int, int]:
        return news.so_far(self.person)

    def _kept(self, what: str, count: Callable[[], T]) -> T:
        """One query for all three while nothing has happened since and the reader has read nothing."""
        return kept.counted((what, self.person.pk), count, since=lambda: self._so_far, now=self.now)
