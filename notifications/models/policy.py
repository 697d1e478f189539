"""Which audience is told at which milestones. Data, edited in the browser (PRODUCT.md section 6)."""

from typing import Self

from django.db import models
from django.db.models import Q

from notifications import labels
from notifications.domain.milestones import OF_POLICY, Audience, Line, Milestone, When


class PolicyLineQuerySet(models.QuerySet["PolicyLine"]):
    def in_force(self) -> Self:
        return self.filter(active=True)


class PolicyLine(models.Model):
    audience = models.CharField(max_length=16, choices=labels.choices(labels.AUDIENCES))
    when = models.CharField(
        max_length=20, choices=labels.choices(labels.WHEN), default=When.EVERY_WINDOW.value
    )
    milestone = models.CharField(
        max_length=12, choices=[(key.value, labels.MILESTONES[key]) for key in OF_POLICY]
    )
    days_before = models.PositiveSmallIntegerField(default=0, help_text="For milestones ahead of the start.")
    local_hour = models.PositiveSmallIntegerField(default=9, help_text="On the contact’s own clock.")
    active = models.BooleanField(default=True)

    objects = PolicyLineQuerySet.as_manager()

    class Meta:
        ordering = ["audience", "when", "-days_before", "milestone"]
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "when", "milestone"], name="a_milestone_stands_once_in_a_policy"
            ),
            # 09:00 falls into no gap of daylight saving in any zone; the small hours do.
            models.CheckConstraint(condition=Q(local_hour__range=(5, 22)), name="notices_go_out_by_day"),
            models.CheckConstraint(
                condition=Q(milestone__in=[milestone.value for milestone in OF_POLICY]),
                name="a_policy_knows_its_milestones",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.get_milestone_display()}"

    def as_line(self) -> Line:
        return Line(
            Audience(self.audience),
            When(self.when),
            Milestone(self.milestone),
            self.days_before,
            self.local_hour,
        )
