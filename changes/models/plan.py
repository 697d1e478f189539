"""One discrete step of a change's deployment plan."""

from django.db import models
from django.db.models import F, Q

from changeboard.people.models import Person
from changes.models.change import Change


class Phase(models.TextChoices):
    BEFORE = "before", "Before"
    DURING = "during", "During the window"
    AFTER = "after", "After"


class PlanStep(models.Model):
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=8, choices=Phase.choices, default=Phase.DURING)
    text = models.CharField(max_length=300)
    undo = models.CharField(max_length=300, blank=True)
    undo_seconds = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    planned_seconds = models.PositiveIntegerField(default=0)
    worst_seconds = models.PositiveIntegerField(default=0)
    needs_downtime = models.BooleanField(default=False)

    class Meta:
        ordering = ["change", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "position"],
                name="one_step_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(worst_seconds__gte=F("planned_seconds")),
                name="a_step_at_worst_is_no_shorter_than_planned",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_step_says_what_is_done"),
        ]

    def __str__(self) -> str:
        return f"{self.change} step {self.position}"
