"""What each beat did: the health page reads whether the last one is young enough."""

from datetime import datetime, timedelta
from typing import Optional

from django.db import models

KEPT = timedelta(days=7)


class TickQuerySet(models.QuerySet["Tick"]):
    def last_one(self) -> Optional["Tick"]:
        return self.order_by("-at", "-id").first()

    def outdated(self, *, now: datetime) -> "TickQuerySet":
        return self.filter(at__lt=now - KEPT)


class Tick(models.Model):
    at = models.DateTimeField(db_index=True)
    took_ms = models.PositiveIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0)
    superseded = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    # How the history looked at this round: one that planned anew is what the next ones compare with.
    planned_anew = models.BooleanField(default=False)
    counted_from = models.DateTimeField(null=True, blank=True)
    events = models.PositiveIntegerField(default=0)
    newest_event = models.PositiveBigIntegerField(default=0)

    objects = TickQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-at", "-id"], name="rounds_that_planned", condition=models.Q(planned_anew=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} sent {self.sent}, failed {self.failed}"


class Backlog(models.Model):
    """A backlog that stopped the sending until a person let it go (PRODUCT.md section 6, lateness)."""

    stopped_at = models.DateTimeField()
    waiting = models.PositiveIntegerField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "backlogs"
        constraints = [
            models.UniqueConstraint(
                fields=["released_at"],
                condition=models.Q(released_at=None),
                nulls_distinct=False,
                name="one_backlog_waits_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.waiting} waiting since {self.stopped_at:%Y-%m-%d %H:%M}"
