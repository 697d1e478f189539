"""What would go out by an instant, if nobody changed anything: for a look before it happens."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from changeboard import clock
from changeboard.directory.models import Contact
from maintenance.models import Window
from notifications import labels
from notifications.domain import outlook
from notifications.domain.milestones import Line
from notifications.domain.outlook import Going
from notifications.domain.picture import Entry, Reader, WindowPicture
from notifications.models import BY_PROGRAM
from notifications.queries import pictures, policy
from notifications.queries.readership import Readership, readership
from notifications.queries.touched import Touched, touched


@dataclass(frozen=True)
class WindowAhead:
    """A window, whom it concerns, and what they were told. `concerned` are clients."""

    window: Window
    picture: WindowPicture
    readers: Sequence[Reader]
    concerned: frozenset[int]
    ledger: Sequence[Entry]
    touch: Touched = field(default_factory=Touched)

    def going(self, lines: Sequence[Line], *, now: datetime, until: datetime) -> list[Going]:
        """What will go out about it by `until` under these lines. No query."""
        if not self.ledger and now >= self.picture.ends_at:
            return []
        return outlook.going(self.picture, lines, self.readers, self.ledger, now=now, until=until)

    def read_by(self, everybody: Readership) -> "WindowAhead":
        """The same window with other readers."""
        touched = self.window.system_id, self.touch.systems, self.touch.services
        return replace(self, readers=everybody.readers(*touched), concerned=everybody.affected(*touched))


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
    everybody: Readership,
    *,
    lines: Sequence[Line],
    now: datetime,
    until: datetime,
    contract: int = 0,
    contacts: Collection[int] | None = None,
) -> list[WindowAhead]:
    """Every window about which something may go out by `until` under these lines, and a contract of so many
    days; with what these `contacts` alone were told, if any are named. Twelve queries at most, however many
    windows and readers."""
    ids = pictures.windows_to_plan(now=now, until=until, lines=lines, contract=contract)
    windows = list(Window.objects.filter(pk__in=ids).select_related("system").order_by("starts_at", "pk"))
    touches, ledgers = touched(ids), pictures.ledgers(ids, contacts)
    found = pictures.pictures(windows, touches, now=now)
    ahead = [
        WindowAhead(
            window, found[window.pk], (), frozenset(), ledgers.get(window.pk, []),
            touches.get(window.pk, Touched()),
        )
        for window in windows
    ]  # fmt: skip
    return [each.read_by(everybody) for each in ahead]


def going_out(*, now: datetime, until: datetime) -> list[Sending]:
    """What a program will send by `until`, in the order in which it goes; calls by hand are not in it."""
    lines = policy.lines()
    sent = [
        (each.window, going)
        for each in windows_ahead(readership(), lines=lines, now=now, until=until)
        for going in each.going(lines, now=now, until=until)
        if going.row.channel in BY_PROGRAM
    ]
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
