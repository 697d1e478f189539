"""How the sending of notices does: by channel and as a whole, for machines that watch and for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from changeboard.directory.models import Channel, Contact
from changeboard.people.models import Person, Role
from notifications import labels
from notifications.domain.lifecycle import State
from notifications.models import BY_PROGRAM, Backlog, Delivery, MailReport, Silence, Tick

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
MOST = 20


@dataclass(frozen=True)
class OfChannel:
    """One channel. `oldest_at`: since when the oldest notice waits; `last_at`: its last one of the past day."""

    channel: str
    due: int
    oldest_at: datetime | None
    under_lease: int
    accepted: int
    last_at: datetime | None

    @property
    def name(self) -> str:
        return str(Channel(self.channel).label)


@dataclass(frozen=True)
class Operations:
    """All of it. `accepted` is of the past hour; `strange` are reports of the past week about mails not ours."""

    channels: list[OfChannel]
    ticked_at: datetime | None
    unsettled: int
    bounced: int
    strange: int
    backlog: Backlog | None
    silences: Sequence[Silence]

    @property
    def oldest_at(self) -> datetime | None:
        return min((each.oldest_at for each in self.channels if each.oldest_at), default=None)


@dataclass(frozen=True)
class Late:
    """How many notices of one milestone of one window fell due during a silence."""

    window: str
    milestone: str
    many: int


def operations(*, now: datetime) -> Operations:
    """As of now. Nine queries, whatever there is."""
    return Operations(
        channels=channels(now=now),
        ticked_at=Tick.objects.order_by("-at", "-id").values_list("at", flat=True).first(),
        unsettled=Delivery.objects.unsettled().count(),
        bounced=Contact.objects.active()
        .filter(Q(bounced_at__isnull=False) | Q(complained_at__isnull=False))
        .count(),
        strange=MailReport.objects.strange(since=now - WEEK).count(),
        backlog=Backlog.objects.filter(released_at=None).first(),
        silences=list(Silence.objects.select_related("settled_by")[:MOST]),
    )


def channels(*, now: datetime) -> list[OfChannel]:
    """Every channel that a program serves, also a quiet one. Three queries."""
    waiting = Delivery.objects.due(now=now).order_by().values_list("channel")
    due = {channel: (many, at) for channel, many, at in waiting.annotate(Count("pk"), Min("try_at"))}
    leased = Delivery.objects.filter(state=State.SENDING.value).order_by().values_list("channel")
    under_lease = dict(leased.annotate(Count("pk")))
    lately = (
        Delivery.objects.filter(accepted_at__gt=now - DAY, accepted_at__lte=now)
        .order_by()
        .values_list("channel")
    )
    in_an_hour = Count("pk", filter=Q(accepted_at__gt=now - HOUR))
    sent = {
        channel: (many, at)
        for channel, many, at in lately.annotate(lately=in_an_hour, last=Max("accepted_at"))
    }
    return [
        OfChannel(way, *due.get(way, (0, None)), under_lease.get(way, 0), *sent.get(way, (0, None)))
        for way in (channel.value for channel in BY_PROGRAM)
    ]


def late_by(silence: Silence) -> list[Late]:
    """What fell due during a silence, as far as it is known to last: the most first. One query."""
    owed = Delivery.objects.filter(
        due_at__gt=silence.since, due_at__lte=silence.known_until, channel__in=BY_PROGRAM
    )
    groups = (
        owed.exclude(state=State.SUPERSEDED.value).order_by().values_list("window__reference", "milestone")
    )
    rows = groups.annotate(many=Count("pk")).order_by("-many", "window__reference", "milestone")
    return [
        Late(window, labels.MILESTONES[milestone].lower(), many) for window, milestone, many in rows[:MOST]
    ]


def administrators() -> list[Person]:
    """Who is told: every administrator whom a mail reaches. One query."""
    return list(Person.objects.holding(Role.ADMINISTRATOR).exclude(email="").order_by("pk"))
