"""A window that a hard freeze keeps from going."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from maintenance.models.freeze import Freeze
from maintenance.models.window import Window


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> Self:
        return self.filter(released_at=None)


class Hold(models.Model):
    """Since when a freeze holds a window, and when it let go of it. Rows are closed, never deleted.

    The window's state stays as it is, so that releasing it changes nothing but this row.
    """

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="holds")
    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="holds")
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["window", "freeze"],
                condition=Q(released_at=None),
                name="a_freeze_holds_a_window_once",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gte=F("at")),
                name="a_hold_is_released_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window} held by {self.freeze}"
