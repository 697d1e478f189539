"""What the notices of one revision of a window say of what stops: whoever heard another one is told of it."""

from django.db import models

from maintenance.models import Window


class ToldImpact(models.Model):
    """`effects` and `passages` are lists as domain/impact.py has them; `riding` are the changes they came from."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="told_impacts")
    revision = models.PositiveIntegerField()
    effects = models.JSONField(default=list, blank=True)
    passages = models.JSONField(default=list, blank=True)
    riding = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["window", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["window", "revision"], name="one_impact_a_revision"),
        ]

    def __str__(self) -> str:
        return f"Impact of {self.window} r{self.revision}"
