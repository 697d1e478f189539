"""What would go out by an instant, if nobody changed anything: for a look before it happens."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from changeboard import clock
from changeboard.directory.models import Contact
from maintenance.models import Window
from notifications import labels
from notifications.domain import outlook
from notifications.domain.milestones import Line
from notifications.domain.outlook import Going
from notifications.domain.plan import Entry, Reader, WindowPicture
from notifications.models import BY_PROGRAM
from notifications.queries import pictures, policy
from notifications.queries.touched import Touched, touched


@dataclass(frozen=True)
class WindowAhead:
    """A window, whom it concerns, what they were told, and what will go out about it."""

    window: Window
    readers: Sequence[Reader]
    ledger: Sequence[Entry]
    going: list[Going]


@dataclass(frozen=True)
class Sending:
    """One notice to one contact: when it goes (UTC), about which window."""

    at: datetime
    window: Window
    audience: str
    milestone: str
    contact: Contact
    is_late: bool


@dataclass(frozen=True)
class Wave:
    """What goes to one audience about one window at one instant: so many clients, so many readers."""

    at: datetime
    window: Window
    audience: str
    milestone: str
    clients: int
    readers: int
    is_late: bool


@dataclass(frozen=True)
class Day:
    """The waves of one platform day."""

    on: date
    waves: list[Wave]

    @property
    def readers(self) -> int:
        return sum(wave.readers for wave in self.waves)


def windows_ahead(
    *, now: datetime, until: datetime, lines: Sequence[Line] | None = None
) -> list[WindowAhead]:
    """Every window about which something may go out by `until`. Eleven queries, and at most three a window."""
    lines = policy.lines() if lines is None else lines
    ids = pictures.windows_to_plan(now=now, until=until, lines=lines)
    windows = list(Window.objects.filter(pk__in=ids).select_related("system").order_by("starts_at", "pk"))
    touches = touched(ids)
    found = pictures.pictures(windows, touches, now=now)
    return [
        _ahead(window, readers, pictures.ledger(window), found[window.pk], lines, now=now, until=until)
        for window, readers in _with_readers(windows, touches)
    ]


def _with_readers(
    windows: Sequence[Window], touches: dict[int, Touched]
) -> Iterable[tuple[Window, list[Reader]]]:
    """Windows that touch the same systems and services concern the same readers: these are asked for once."""
    known: dict[tuple[frozenset[int], frozenset[int]], list[Reader]] = {}
    for window in windows:
        touch = touches.get(window.pk, Touched())
        key = frozenset({window.system_id, *touch.systems}), frozenset(touch.services)
        if key not in known:
            known[key] = pictures.readers(window, touch)
        yield window, known[key]


def _ahead(
    window: Window,
    readers: list[Reader],
    ledger: list[Entry],
    picture: WindowPicture,
    lines: Sequence[Line],
    *,
    now: datetime,
    until: datetime,
) -> WindowAhead:
    going = (
        outlook.going(picture, lines, readers, ledger, now=now, until=until)
        if ledger or now < window.ends_at
        else []
    )
    return WindowAhead(window, readers, ledger, going)


def going_out(*, now: datetime, until: datetime) -> list[Sending]:
    """What a program will send by `until`, in the order in which it goes; calls by hand are not in it."""
    ahead = windows_ahead(now=now, until=until)
    sent = [(each.window, going) for each in ahead for going in each.going if going.row.channel in BY_PROGRAM]
    contacts = Contact.objects.select_related("client", "group").in_bulk(
        {going.row.contact_id for _, going in sent}
    )
    found = [
        Sending(
            going.at, window, going.row.audience.value, going.row.milestone.value,
            contacts[going.row.contact_id], going.is_late,
        )
        for window, going in sent
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.at, each.window.starts_at, each.contact.pk))


def end_of_day(on: date, zone: str) -> datetime:
    """The instant (UTC) at which the day after begins in `zone`."""
    return clock.at_wall(on + timedelta(days=1), time(0), zone)


def days(sendings: Iterable[Sending], zone: str) -> list[Day]:
    """The same by days of `zone`, and on each by what goes out together. No query."""
    together: dict[tuple[datetime, int, str, str, bool], list[Sending]] = defaultdict(list)
    for each in sendings:
        together[each.at, each.window.pk, each.audience, each.milestone, each.is_late].append(each)
    by_day: dict[date, list[Wave]] = defaultdict(list)
    for sent in together.values():
        by_day[clock.local_date(sent[0].at, zone)].append(_wave(sent))
    return [Day(on, waves) for on, waves in sorted(by_day.items())]


def _wave(sent: Sequence[Sending]) -> Wave:
    one, clients = sent[0], {each.contact.client_id for each in sent} - {None}
    return Wave(
        one.at, one.window, labels.AUDIENCES[one.audience], labels.MILESTONES[one.milestone],
        len(clients), len(sent), one.is_late,
    )  # fmt: skip
