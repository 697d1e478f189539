"""One release window of one system. Wall time, zone and length are the truth; instants are derived."""

from datetime import datetime, time
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from changeboard.directory.models import System
from changeboard.people.models import Person, check_time_zone, platform_time_zone
from maintenance.domain.conflicts import Accepted
from maintenance.domain.lifecycle import AHEAD, OPEN, State
from maintenance.models.cadence import Cadence


class WindowState(models.TextChoices):
    PLANNED = "planned", "Planned"
    ANNOUNCED = "announced", "Announced"
    IN_PROGRESS = "in_progress", "In progress"
    VERIFYING = "verifying", "Verifying"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class Outcome(models.TextChoices):
    AS_PLANNED = "as_planned", "As planned"
    WITH_ISSUES = "with_issues", "With issues"
    BACKED_OUT = "backed_out", "Backed out"


class WindowQuerySet(models.QuerySet["Window"]):
    def locked(self, pk: int) -> "Window":
        """The row, held until the transaction ends: verbs start with it."""
        return self.select_for_update().get(pk=pk)

    def standing(self) -> Self:
        return self.exclude(state=State.CANCELLED)

    def upcoming(self, *, now: datetime) -> Self:
        """Not over and not cancelled, the next first."""
        return (
            self.filter(Q(ends_at__gt=now) | Q(state__in=[State.IN_PROGRESS, State.VERIFYING]))
            .filter(state__in=OPEN)
            .order_by("starts_at")
        )

    def past(self, *, now: datetime) -> Self:
        """Over, the newest first."""
        return self.exclude(pk__in=self.upcoming(now=now).values("pk")).order_by("-starts_at")

    def between(self, start: datetime, end: datetime) -> Self:
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def for_pages(self) -> Self:
        return self.select_related("system")


class Window(models.Model):
    reference = models.CharField(max_length=20, unique=True)
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="windows")
    cadence = models.ForeignKey(
        Cadence, null=True, blank=True, on_delete=models.PROTECT, related_name="windows"
    )
    cadence_on = models.DateField(null=True, blank=True)
    on = models.DateField()
    start_time = models.TimeField()
    later_of_two = models.BooleanField(
        default=False, help_text="That wall time comes twice on its day; this is the second one."
    )
    time_zone = models.CharField(max_length=60, default=platform_time_zone, validators=[check_time_zone])
    length_seconds = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone_data = models.CharField(max_length=20, blank=True)
    budget_seconds = models.PositiveIntegerField(default=0)
    kept_seconds = models.PositiveIntegerField(
        default=0, help_text="Of the budget, for what does not ride yet."
    )
    state = models.CharField(max_length=12, choices=WindowState.choices, default=WindowState.PLANNED)
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    verifying_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expected_end_at = models.DateTimeField(null=True, blank=True)
    actual_downtime_seconds = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)

    objects = WindowQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["starts_at"], name="windows_by_start"),
            models.Index(fields=["system", "starts_at"], name="windows_of_a_system"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="window_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="a_window_is_in_a_state_of_its_life",
            ),
            models.UniqueConstraint(fields=["cadence", "cadence_on"], name="a_cadence_makes_a_date_once"),
            models.UniqueConstraint(
                fields=["on"], condition=~Q(state="cancelled"), name="one_release_a_platform_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(finished_at__isnull=False),
                name="a_completed_window_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(revision=0) | ~Q(reason=""), name="a_moved_or_cancelled_window_says_why"
            ),
            models.CheckConstraint(
                condition=Q(kept_seconds__lte=F("budget_seconds")), name="no_more_is_kept_than_the_budget"
            ),
            ExclusionConstraint(
                name="windows_of_a_system_never_overlap",
                expressions=[
                    (
                        Func(F("system_id"), F("system_id"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="cancelled"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("maintenance:window", args=[self.reference])

    @property
    def wall(self) -> time:
        """Its wall time as `clock.at_wall` takes it, the second of two equal ones marked."""
        return self.start_time.replace(fold=int(self.later_of_two))

    @property
    def is_ahead(self) -> bool:
        return self.state in AHEAD

    @property
    def open_budget_seconds(self) -> int:
        """What riding changes may use together: the budget without what is kept for a purpose."""
        return self.budget_seconds - self.kept_seconds

    @property
    def takes_downtime(self) -> bool:
        return self.budget_seconds > 0


class WindowRevisionQuerySet(models.QuerySet["WindowRevision"]):
    def of_its_times(self) -> Self:
        """Those that made, moved, resized or cancelled it; not those that only say that what it does changed."""
        return self.exclude(kind=WindowRevision.Kind.IMPACT)


class WindowRevision(models.Model):
    """What was true of a window under one revision, and why it became so. Revision 0 is its making."""

    class Kind(models.TextChoices):
        MADE = "made", "Made"
        MOVED = "moved", "Moved"
        CHANGED = "changed", "Length or budget changed"
        FOLLOWED = "followed", "Followed its cadence"
        IMPACT = "impact", "What stops changed"
        CANCELLED = "cancelled", "Cancelled"

    # What a person did to one window by hand: its cadence leaves it alone from then on.
    BY_HAND = (Kind.MOVED, Kind.CHANGED, Kind.CANCELLED)

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    budget_seconds = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = WindowRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["window", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["window", "revision"], name="one_row_a_revision"),
            models.CheckConstraint(condition=Q(kind="made") | ~Q(reason=""), name="a_revision_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.window} r{self.revision}"


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def of_the_present(self) -> Self:
        """Those that still count: not withdrawn, and of the revision that their window has now."""
        return self.filter(withdrawn_at=None, revision=F("window__revision"))


class Waiver(models.Model):
    """A conflict that somebody answers for: which, by whom, why. It ends with the window's revision.

    `about`, `parts` and `weight` are what was accepted: it covers that much and less, never more.
    """

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    parts = models.JSONField(default=list, blank=True)
    weight = models.IntegerField(null=True, blank=True, help_text="None: whatever it came to.")
    reason = models.CharField(max_length=300)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["window", "code", "about", "revision"],
                condition=Q(withdrawn_at=None),
                name="one_waiver_a_conflict",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_waiver_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.window} {self.code}"

    @property
    def accepted(self) -> Accepted:
        """What was accepted, as the rules see it."""
        return Accepted(self.code, self.about, frozenset(self.parts), self.weight)


class Duty(models.Model):
    """Who does what on the day."""

    class Role(models.TextChoices):
        LEADS = "leads", "Leads, says Go"
        NETWORK = "network", "Network"
        DATABASE = "database", "Database"
        VERIFIES = "verifies", "Verifies"
        TELLS_CLIENTS = "tells_clients", "Tells clients"

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="duties")
    role = models.CharField(max_length=14, choices=Role.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["window", "role"], name="one_person_a_duty")]

    def __str__(self) -> str:
        return f"{self.window} {self.role}"
