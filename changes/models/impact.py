"""How a change touches a service: a word, seconds, what to do meanwhile, what must drain, what can be read."""

from django.db import models
from django.db.models import Q

from changeboard.directory.models import Service


class Said(models.TextChoices):
    """An answer that may also be left open: empty is "nobody said"."""

    YES = "yes", "Yes"
    NO = "no", "No"


class Impact(models.TextChoices):
    """The four words that network operators use."""

    NO_IMPACT = "no_impact", "No impact"
    REDUCED_REDUNDANCY = "reduced_redundancy", "Reduced redundancy"
    DEGRADED = "degraded", "Degraded"
    OUTAGE = "outage", "Outage"


class ServiceImpact(models.Model):
    """How one service is touched by one change, and for how many seconds at worst."""

    change = models.ForeignKey("changes.Change", on_delete=models.CASCADE, related_name="impacts")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="impacts")
    impact = models.CharField(max_length=20, choices=Impact.choices, default=Impact.DEGRADED)
    seconds = models.PositiveIntegerField(default=0)
    meanwhile = models.CharField(max_length=200, blank=True)
    queue = models.CharField(max_length=80, blank=True)
    fallback = models.CharField(max_length=3, choices=Said.choices, blank=True)
    fallback_words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["service__position", "service__name"]
        constraints = [
            models.UniqueConstraint(fields=["change", "service"], name="one_impact_a_service_and_change"),
            models.CheckConstraint(
                condition=Q(impact__in=Impact.values), name="impact_is_one_of_the_four_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.get_impact_display()}"
