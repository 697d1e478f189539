"""Which audience is told at which milestones. Data, edited in the browser (PRODUCT.md section 6).

The policy is saved whole, as a version: what was promised when can be read afterwards.
"""

from datetime import datetime
from typing import Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Subquery, Value

from changeboard.directory.models import Channel, System
from changeboard.people.models import Person
from notifications import labels
from notifications.domain.milestones import (
    OF_POLICY,
    SLOTS,
    STARTING_MINUTES,
    Audience,
    Line,
    Milestone,
    When,
)
from notifications.domain.quiet import Quiet


class NoticePolicyQuerySet(models.QuerySet["NoticePolicy"]):
    def in_force(self) -> "NoticePolicy":
        """The newest version. One query."""
        return self.order_by("-version")[0]

    def in_force_at(self, at: datetime) -> "NoticePolicy":
        """The version that was in force at this instant; of one before them all, the first. Two queries at most."""
        then = self.filter(saved_at__lte=at).order_by("-version").first()
        return then or self.order_by("version")[0]


class NoticePolicy(models.Model):
    """One version of the notice policy; the newest is in force. `saved_by` is nobody for the one that ships."""

    version = models.PositiveIntegerField(unique=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = NoticePolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "notice policies"

    def __str__(self) -> str:
        return f"Notice policy {self.version}"


def in_force() -> Q:
    """Of the newest version."""
    return Q(policy=Subquery(NoticePolicy.objects.order_by("-version").values("pk")[:1]))


class PolicyLineQuerySet(models.QuerySet["PolicyLine"]):
    def in_force(self) -> Self:
        return self.filter(in_force())

    def with_systems(self) -> Self:
        """With the ids of its systems beside each line, in the same query."""
        found = ArrayAgg("systems", filter=Q(systems__isnull=False), default=Value([]))
        return self.annotate(system_ids=found)


class PolicyLine(models.Model):
    """No systems or no channels: all of them."""

    policy = models.ForeignKey(NoticePolicy, on_delete=models.CASCADE, related_name="lines")
    audience = models.CharField(max_length=16, choices=labels.choices(labels.AUDIENCES))
    when = models.CharField(
        max_length=20, choices=labels.choices(labels.WHEN), default=When.EVERY_WINDOW.value
    )
    milestone = models.CharField(
        max_length=12, choices=[(key.value, labels.MILESTONES[key]) for key in OF_POLICY]
    )
    days_before = models.PositiveSmallIntegerField(default=0, help_text="For milestones ahead of the start.")
    local_hour = models.PositiveSmallIntegerField(default=9, help_text="On the contact’s own clock.")
    minutes_before = models.PositiveSmallIntegerField(
        default=STARTING_MINUTES, help_text="How long before the start *starting* is said."
    )
    systems = models.ManyToManyField(System, blank=True, related_name="+")
    channels = ArrayField(models.CharField(max_length=10, choices=Channel.choices), default=list, blank=True)

    # Read along by `with_systems`.
    system_ids: list[int]

    objects = PolicyLineQuerySet.as_manager()

    class Meta:
        ordering = ["audience", "when", "-days_before", "milestone"]
        constraints = [
            # 09:00 falls into no gap of daylight saving in any zone; the small hours do.
            models.CheckConstraint(condition=Q(local_hour__range=(5, 22)), name="notices_go_out_by_day"),
            models.CheckConstraint(
                condition=Q(milestone__in=[milestone.value for milestone in OF_POLICY]),
                name="a_policy_knows_its_milestones",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(milestone__in=[each.value for each in SLOTS]),
                    *(Q(milestone=each.value, days_before__range=days) for each, days in SLOTS.items()),
                    _connector=Q.OR,
                ),
                name="a_milestone_lies_where_its_name_says",
            ),
            models.CheckConstraint(
                condition=Q(minutes_before__range=(5, 720)), name="starting_is_said_before_the_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.get_milestone_display()}"

    @property
    def heading(self) -> str:
        """For whom and when it holds, in words."""
        return f"{self.get_audience_display()}, {self.get_when_display().lower()}"

    def as_line(self, systems: frozenset[int] = frozenset(), quiet: tuple[Quiet, ...] = ()) -> Line:
        return Line(
            Audience(self.audience),
            When(self.when),
            Milestone(self.milestone),
            self.days_before,
            self.local_hour,
            self.minutes_before,
            systems,
            frozenset(self.channels),
            quiet,
        )


class QuietPeriodQuerySet(models.QuerySet["QuietPeriod"]):
    def in_force(self) -> Self:
        return self.filter(in_force())


class QuietPeriod(models.Model):
    """Days, on each contact's own calendar, on which nothing goes out that can go before them. No audiences:
    all of them. `since` it stands in the policy, from version to version."""

    policy = models.ForeignKey(NoticePolicy, on_delete=models.CASCADE, related_name="quiet_periods")
    name = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()
    audiences = ArrayField(
        models.CharField(max_length=16, choices=labels.choices(labels.AUDIENCES)), default=list, blank=True
    )
    since = models.DateTimeField()

    objects = QuietPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="a_quiet_period_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def as_quiet(self) -> Quiet:
        return Quiet(self.first_on, self.last_on, self.since)

    def binds(self, audience: str) -> bool:
        return not self.audiences or audience in self.audiences
