"""When the board meets, who was there, and what is on the agenda."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from changeboard.people.models import Person
from changeboard.refusal import conflict
from changes.models.change import Change
from changes.models.template import Template


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def locked(self, pk: int) -> "Meeting":
        return self.select_for_update().get(pk=pk)

    def ahead(self, *, now: datetime) -> Self:
        """Live, or still to come; the next first."""
        return self.filter(Q(state="live") | Q(state="planned", ends_at__gt=now)).order_by("starts_at")

    def to_come(self, *, now: datetime) -> Self:
        """What is ahead, with those still to come that were cancelled."""
        cancelled = Q(state="cancelled", ends_at__gt=now)
        return self.filter(Q(pk__in=self.ahead(now=now).values("pk")) | cancelled).order_by("starts_at")

    def past(self, *, now: datetime) -> Self:
        return self.exclude(pk__in=self.to_come(now=now).values("pk")).order_by("-starts_at")

    def with_minutes(self) -> Self:
        return self.filter(minutes__isnull=False).select_related("minutes__approved_in")

    def held(self) -> Self:
        return self.exclude(state="cancelled")

    def with_counts(self) -> Self:
        """With `to_decide`, how many changes the agenda has, and `decided`."""
        changes = Q(items__kind__in=AgendaItem.TO_DECIDE)
        return self.select_related("chair").annotate(
            to_decide=Count("items", filter=changes, distinct=True),
            decided=Count("items__decision", filter=changes, distinct=True),
        )


class Meeting(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        LIVE = "live", "Live"
        ENDED = "ended", "Ended"
        CANCELLED = "cancelled", "Cancelled"

    on = models.DateField(unique=True)
    # The Monday of the week of the rule that it stands for: whatever becomes of it, the week has had its meeting.
    week_on = models.DateField(unique=True, null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    # Why a person moved or cancelled it; empty where the rule or a holiday did.
    reason = models.CharField(max_length=300, blank=True)
    # Of its calendar entry (RFC 5545 section 3.8.7.4): raised by every move and by a cancellation.
    sequence = models.PositiveIntegerField(default=0)
    chair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    current_item = models.ForeignKey(
        "changes.AgendaItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    moved_from_on = models.DateField(null=True, blank=True)
    # The items to decide as the chair arranged them, by id; empty: in the usual order.
    by_hand = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Raised by every act in the meeting: pages that show it learn of a change by their ETag.
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="a_cancelled_meeting_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"board {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("changes:meeting", args=[self.on.isoformat()])


class Attendance(models.Model):
    class State(models.TextChoices):
        PRESENT = "present", "Present"
        EXCUSED = "excused", "Excused"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PRESENT)
    # Of an apology; nobody has to give one.
    reason = models.CharField(max_length=200, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person__last_name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_a_person_and_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.state}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def locked(self, pk: int) -> "AgendaItem":
        """The row and its meeting, held until the transaction ends. Refused where it was taken off meanwhile."""
        item = self.select_for_update().select_related("meeting").filter(pk=pk).first()
        if item is None:
            raise conflict("item.gone")
        return item

    def with_meeting(self) -> Self:
        return self.select_related("meeting", "change", "template")


class AgendaItem(models.Model):
    class Kind(models.TextChoices):
        DECIDE = "decide", "To decide"
        TEMPLATE = "template", "Template to decide"
        MINUTES = "minutes", "Minutes to approve"
        EMERGENCY = "emergency", "Emergencies and failures since last time"
        CONDITIONS = "conditions", "Conditions due"
        RELEASED = "released", "Released since last time"
        AHEAD = "ahead", "The next six weeks"

    TO_DECIDE = (Kind.DECIDE, Kind.TEMPLATE)

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    change = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.CASCADE, related_name="agenda_items"
    )
    template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.CASCADE, related_name="agenda_items"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DECIDE)
    opened_at = models.DateTimeField(null=True, blank=True)
    # Since when it is on everybody's screen now, how long it was there before, and how long it was given.
    shown_at = models.DateTimeField(null=True, blank=True)
    spent_seconds = models.PositiveIntegerField(default=0)
    allotted_seconds = models.PositiveIntegerField(null=True, blank=True)
    vote_opened_at = models.DateTimeField(null=True, blank=True)
    # When it was decided, or was taken back in a meeting that was in session.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "change"], name="a_change_stands_once_on_an_agenda"),
            models.UniqueConstraint(
                fields=["meeting", "template"], name="a_template_stands_once_on_an_agenda"
            ),
            models.CheckConstraint(
                condition=Q(kind="template", template__isnull=False, change=None)
                | (~Q(kind="template") & Q(template=None)),
                name="an_item_about_a_template_names_it",
            ),
            models.CheckConstraint(
                condition=Q(kind="decide", change__isnull=False) | ~Q(kind="decide"),
                name="an_item_to_decide_is_about_a_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} item {self.position}"

    @property
    def subject(self) -> Change | Template | None:
        """What is voted on and decided here; None for what is only followed up."""
        return self.change or self.template

    @property
    def is_gone(self) -> bool:
        """Taken back while its meeting was in session: nobody decides it any more."""
        return self.closed_at is not None and not hasattr(self, "decision")

    @property
    def runs_since(self) -> datetime | None:
        """The instant from which its timer counts; None while it is not on everybody's screen."""
        return self.shown_at - timedelta(seconds=self.spent_seconds) if self.shown_at else None
