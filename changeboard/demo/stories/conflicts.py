"""What stands against windows: a freeze that came over one, a soft one that was answered for, a shared service."""

from datetime import datetime, time, timedelta

from changeboard import clock
from changeboard.demo.stories.people import person
from changeboard.people.models import Person, platform_time_zone
from maintenance.actions import disposing, freezing
from maintenance.domain.conflicts import Kind
from maintenance.models import Freeze, Waiver, Window
from maintenance.queries import conflicts

DAY = timedelta(days=1)


def tell(*, now: datetime) -> int:
    """Two freezes over windows that were there already, far enough ahead to stand in nobody's way; and the first
    conflict of the next RIS window that has one is answered for."""
    if Waiver.objects.exists():
        return 0
    release = person("release")
    ahead = Window.objects.upcoming(now=now).select_related("system")
    biz, ris = (list(ahead.filter(system__code=code)) for code in ("Biz", "RIS"))
    _around(biz[-1], "Quarter-end closing", "The books are closed", hard=True, by=release, at=now)
    congress = _around(
        ris[-2], "Radiology congress", "Half of the readers are away", hard=False, by=release, at=now
    )
    reason = "Clients want it before the congress ends"
    disposing.dispose(ris[-2], kind="freeze", about=str(congress.pk), reason=reason, by=release, at=now)
    return 3 + _answer(ris[0], release, now)


def _around(window: Window, name: str, reason: str, *, hard: bool, by: Person, at: datetime) -> Freeze:
    """A freeze of a window's system from the day before it until the end of the day after it."""
    zone = platform_time_zone()
    return freezing.create(
        name=name, starts_at=clock.at_wall(window.on - DAY, time(0), zone),
        ends_at=clock.at_wall(window.on + 2 * DAY, time(0), zone), systems=[window.system], hard=hard,
        reason=reason, by=by, at=at,
    )  # fmt: skip


def _answer(window: Window, by: Person, now: datetime) -> int:
    shared = [each for each in conflicts.standing(window) if each.conflict.kind is Kind.SAME_SERVICE]
    for each in shared[:1]:
        reason = "One after the other; the worklist is looked at in between"
        about = each.conflict.about
        disposing.dispose(window, kind=each.conflict.kind.value, about=about, reason=reason, by=by, at=now)
    return len(shared[:1])
