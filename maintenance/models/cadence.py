"""How a system's windows recur."""

from django.db import models
from django.db.models import Q

from changeboard.directory.models import System
from changeboard.people.models import check_time_zone, platform_time_zone


class Cadence(models.Model):
    """An RFC 5545 RRULE in a zone, with a local start, a length and a downtime budget in seconds."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="cadences")
    rrule = models.CharField(max_length=200, help_text="RFC 5545, like FREQ=MONTHLY;BYDAY=3TU")
    start_time = models.TimeField()
    length_seconds = models.PositiveIntegerField()
    budget_seconds = models.PositiveIntegerField(default=0)
    time_zone = models.CharField(max_length=60, default=platform_time_zone, validators=[check_time_zone])
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["system__position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(length_seconds__gt=0), name="a_cadence_has_a_length"),
            models.UniqueConstraint(
                fields=["system"], condition=Q(active=True), name="one_active_cadence_a_system"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system}: {self.rrule} {self.start_time:%H:%M}"
