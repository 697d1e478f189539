"""What each beat did, and when none did anything: the health page reads whether the last one is young enough."""

from datetime import datetime, timedelta
from typing import Optional, Self

from django.db import models
from django.db.models import Q

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


class SilenceQuerySet(models.QuerySet["Silence"]):
    def open(self) -> Self:
        """Those that last, or that nobody told the administrators of yet, nor was seen by one."""
        return self.filter(Q(ended_at=None) | Q(told_at=None, settled_at=None))

    def to_tell(self, *, now: datetime) -> Self:
        return self.filter(told_at=None, settled_at=None).filter(
            Q(telling_until=None) | Q(telling_until__lt=now)
        )

    def unsettled(self) -> Self:
        return self.filter(settled_at=None)


class Silence(models.Model):
    """A stretch without a round of the beat, noticed by the next process that looked. Instants in UTC.

    `since` is the last round before it: whoever else notices notices the same. `ended_at` is empty while it lasts.
    """

    since = models.DateTimeField(unique=True)
    noticed_at = models.DateTimeField()
    noticed_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    # Whoever tells has until then; a process that dies over it leaves it to the next.
    telling_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SilenceQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"no round since {self.since:%Y-%m-%d %H:%M:%S}"

    @property
    def known_until(self) -> datetime:
        """Its end, or how far it is known to last."""
        return self.ended_at or self.noticed_at
