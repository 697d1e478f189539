"""What an OMS reported as shown: the proof of a notice at the point of service."""

from django.db import models

from changeboard.directory.models import Client
from maintenance.models import Window
from notifications import labels
from notifications.domain.display import MILESTONE, Phase


class Shown(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="shown")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="shown")
    phase = models.CharField(max_length=12, choices=[(phase.value, phase.value) for phase in Phase])
    sequence = models.PositiveIntegerField()
    actor = models.CharField(max_length=120, blank=True)
    # The first letters of the client's key that the report came with: keys are replaced.
    key = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "shown"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "window", "phase", "sequence", "actor"], name="shown_is_reported_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.phase} of {self.window}"

    @property
    def phase_name(self) -> str:
        return labels.MILESTONES[MILESTONE[Phase(self.phase)]]
