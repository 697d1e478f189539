"""A share of a window's downtime budget."""

from django.db import models
from django.db.models import Q

from maintenance.domain.shares import Share
from maintenance.models.window import Window


class BudgetShare(models.Model):
    """Seconds for what rides (the source of its claims), or with no source kept for what the label says."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="shares")
    label = models.CharField(max_length=200)
    seconds = models.PositiveIntegerField()
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(seconds__gt=0), name="a_share_is_some_seconds"),
            models.CheckConstraint(
                condition=Q(source_kind="", source_id=None)
                | (~Q(source_kind="") & Q(source_id__isnull=False)),
                name="a_share_has_a_source_or_a_purpose",
            ),
            models.UniqueConstraint(
                fields=["window", "source_kind", "source_id"],
                condition=~Q(source_kind=""),
                name="one_share_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window} {self.label}"

    @property
    def as_share(self) -> Share:
        """As the rules see it."""
        return Share(self.label, self.seconds, (self.source_kind, self.source_id) if self.source_id else None)
