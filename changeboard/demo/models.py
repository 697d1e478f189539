"""What only the demonstration knows: how far its clock is ahead, its mailbox, its order systems' keys."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from changeboard.directory.models import Client


class ClockShift(models.Model):
    """One row: how far the platform's clock runs ahead of the real one."""

    ahead = models.DurationField(default=timedelta)
    # Where the clock is being walked to, and since when by the real clock: empty while it stands.
    going_to = models.DateTimeField(null=True, blank=True)
    going_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_clock_for_all"),
            models.CheckConstraint(condition=Q(ahead__gte=timedelta()), name="a_clock_runs_ahead_only"),
        ]

    def __str__(self) -> str:
        return f"ahead by {self.ahead}"


class DemoMailQuerySet(models.QuerySet["DemoMail"]):
    def matching(self, words: str) -> Self:
        """Mails whose subject or reader holds `words`, or whose reader belongs to such a client."""
        of_client = Client.objects.filter(name__icontains=words).values("contacts__address")
        return self.filter(
            Q(subject__icontains=words) | Q(recipient__icontains=words) | Q(recipient__in=of_client)
        )


class DemoMail(models.Model):
    """A mail as the demonstration's mail server took it, for one reader."""

    at = models.DateTimeField(db_index=True)
    sender = models.CharField(max_length=254, blank=True)
    recipient = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=300, blank=True)
    raw = models.BinaryField()

    objects = DemoMailQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient}"


class DemoKey(models.Model):
    """A client's OMS key in plain: the sample order system asks with it, as the client's own server would."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="demo_key")
    key = models.CharField(max_length=80)

    class Meta:
        ordering = ["client__name"]

    def __str__(self) -> str:
        return f"key of {self.client}"
