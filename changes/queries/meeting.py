"""A meeting as everybody's screen shows it: the agenda, the current item, votes, quorum, minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changeboard.people.models import Person
from changes.domain import quorum
from changes.domain.lifecycle import RODE
from changes.models import (
    AgendaItem,
    Change,
    Condition,
    Kind,
    Meeting,
    MinuteNote,
    Minutes,
    ParkedPoint,
    Template,
)
from changes.queries import attendance
from changes.queries.item_picture import ItemPicture, of
from changes.queries.minutes import to_approve
from changes.queries.seats import seats
from maintenance.models import Freeze, Window

SIX_WEEKS = timedelta(weeks=6)


@dataclass(frozen=True)
class MinuteLine:
    """One line of the minutes: a note by a person, or what the history says."""

    at: datetime
    by: Person | None
    text: str
    is_note: bool


@dataclass(frozen=True)
class MeetingPicture:
    meeting: Meeting
    items: list[AgendaItem]
    current: ItemPicture | None
    quorum: quorum.Quorum
    minutes: list[MinuteLine]
    leads: bool
    follow_ups: "FollowUps"
    roll: attendance.Roll
    own_seat: attendance.Seen | None
    kept: Minutes | None
    to_approve: list[Minutes]
    reader: Person

    @property
    def to_decide(self) -> list[AgendaItem]:
        return [item for item in self.items if item.kind == AgendaItem.Kind.DECIDE]

    @property
    def templates(self) -> list[AgendaItem]:
        return [item for item in self.items if item.kind == AgendaItem.Kind.TEMPLATE]

    @property
    def deciding(self) -> list[AgendaItem]:
        """Changes and templates, as they are arranged."""
        return [item for item in self.items if item.kind in AgendaItem.TO_DECIDE]

    @property
    def upcoming(self) -> AgendaItem | None:
        """What comes after the item on everybody's screen, if anything does."""
        place = next((n for n, item in enumerate(self.items) if item.pk == self.meeting.current_item_id), -1)
        return next((item for item in self.items[place + 1 :] if item.closed_at is None), None)

    @property
    def around(self) -> tuple[AgendaItem | None, AgendaItem | None]:
        """The items before and after the one that is shown."""
        pk = self.current.item.pk if self.current else None
        place = next((n for n, item in enumerate(self.items) if item.pk == pk), 0)
        return (self.items[place - 1] if place else None), next(iter(self.items[place + 1 :]), None)

    @property
    def is_current(self) -> bool:
        """Whether the reader looks at what is on everybody's screen."""
        return self.current is not None and self.current.item.pk == self.meeting.current_item_id

    @property
    def is_here(self) -> bool:
        """Whether the reader is on the roll as present."""
        return any(each.person == self.reader for each in self.roll.present)

    @property
    def own_notes(self) -> int:
        return sum(each.is_note and each.by == self.reader for each in self.minutes)

    @property
    def parked(self) -> list[ParkedPoint]:
        return self.follow_ups.parked

    @property
    def own_points(self) -> int:
        return sum(each.by == self.reader for each in self.parked)

    @property
    def open_points(self) -> int:
        return sum(each.settled_at is None for each in self.parked)

    @property
    def to_follow_up(self) -> list[AgendaItem]:
        return [item for item in self.items if item.kind not in AgendaItem.TO_DECIDE]


@dataclass(frozen=True)
class FollowUps:
    """What the agenda brings back: conditions due, what was released, what lies ahead."""

    conditions: list[Condition]
    released: list[Window]
    ahead: list[Window]
    emergencies: list[Change]
    suspended: list[Template]
    freezes: list[Freeze]
    parked: list[ParkedPoint]


def etag(meeting: Meeting, *, reader: int, item: int | None, face: str = "desk") -> str:
    """What the screen depends on, as a strong ETag's text. No query: the version is that of the row from which
    the screen is drawn. A newer one would name a screen that nobody has seen, and this one would stay."""
    return f"{meeting.pk}-{meeting.version}-{item or 0}-{reader}-{face}"


def picture(meeting: Meeting, *, person: Person, now: datetime, shown: int | None = None) -> MeetingPicture:
    """The whole screen. `shown` is an item that the reader looks at instead of the current one."""
    rows = meeting.items.select_related(
        "change__window__system", "change__requester", "template__requester", "decision", "meeting"
    )
    items = list(rows.prefetch_related("change__systems", "template__systems", "template__services"))
    current = next((item for item in items if item.pk == (shown or meeting.current_item_id)), None)
    current = current or next(iter(items), None)
    roll = attendance.roll(meeting)
    shown_item = of(current, person=person, now=now) if current else None
    return MeetingPicture(
        meeting=meeting,
        items=items,
        current=shown_item,
        quorum=shown_item.count.quorum if shown_item else quorum.quorum(seats(meeting.on), set()),
        minutes=minutes(meeting, items),
        leads=person.has_perm("changes.lead_meeting", meeting),
        follow_ups=follow_ups(meeting),
        roll=roll,
        own_seat=roll.of(person),
        kept=Minutes.objects.filter(meeting=meeting)
        .select_related("approved_in")
        .prefetch_related("entries")
        .first(),
        to_approve=to_approve(meeting) if meeting.state == Meeting.State.LIVE else [],
        reader=person,
    )


def minutes(meeting: Meeting, items: list[AgendaItem]) -> list[MinuteLine]:
    """What happened in the meeting, newest first: its history, its changes', and notes. Two queries."""
    if meeting.started_at is None:
        return []
    changes = [item.change_id for item in items if item.change_id]
    about = Q(subject_kind="changes.meeting", subject_id=meeting.pk)
    about |= Q(subject_kind="changes.change", subject_id__in=changes)
    templates = [item.template_id for item in items if item.template_id]
    about |= Q(subject_kind="changes.template", subject_id__in=templates)
    until = meeting.ended_at or datetime.max.replace(tzinfo=meeting.started_at.tzinfo)
    events = Event.objects.filter(about, at__gte=meeting.started_at, at__lte=until).exclude(
        act="meeting.attended"
    )
    lines = [
        MinuteLine(each.at, each.by, sentence(each), False)
        for each in reversed(events.select_related("by").order_by("-at", "-id")[:300])
    ]
    notes = MinuteNote.objects.filter(meeting=meeting).select_related("by")
    lines += [MinuteLine(each.at, each.by, each.text, True) for each in notes]
    return sorted(lines, key=lambda line: line.at)[::-1]


def follow_ups(meeting: Meeting) -> FollowUps:
    """Emergencies since, conditions that fall due, windows completed since, six weeks ahead,
    what was put aside. Nine queries."""
    before = Meeting.objects.held().filter(on__lt=meeting.on).order_by("-on").first()
    since = before.starts_at if before else meeting.starts_at - timedelta(weeks=1)
    due = Condition.objects.due_for(meeting.ends_at + timedelta(weeks=1), since=since)
    windows = Window.objects.standing().select_related("system")
    planned = Sum("changes__planned_down_seconds", filter=Q(changes__state__in=RODE), default=0)
    until = meeting.starts_at + SIX_WEEKS
    return FollowUps(
        emergencies=_emergencies(since, meeting),
        suspended=list(
            Template.objects.filter(suspended_at__gte=since, suspended_at__lt=meeting.ends_at).select_related(
                "suspended_because", "requester"
            )
        ),
        conditions=list(due.select_related("owner", "change", "met_by")),
        released=list(
            windows.filter(finished_at__gte=since, finished_at__lt=meeting.starts_at)
            .annotate(planned_seconds=planned)
            .order_by("finished_at")
        ),
        ahead=list(
            windows.filter(starts_at__gte=meeting.starts_at, starts_at__lt=until).order_by("starts_at")
        ),
        freezes=list(Freeze.objects.between(meeting.starts_at, until)),
        parked=list(ParkedPoint.objects.shown_in(meeting)),
    )


def _emergencies(since: datetime, meeting: Meeting) -> list[Change]:
    """Those submitted since the last meeting, and older ones that still lack their review. Two queries."""
    filed = Change.objects.filter(kind=Kind.EMERGENCY, submitted_at__lt=meeting.ends_at)
    shown = filed.filter(Q(submitted_at__gte=since) | Q(review_due_at__isnull=False, review=None))
    rows = shown.exclude(state="withdrawn").select_related("requester", "review", "window__system")
    return list(rows.prefetch_related("emergency_approvals__person").order_by("submitted_at"))
