"""What really happened (ITIL: post-implementation review)."""

from django.db import models
from django.db.models import Q

from changeboard.people.models import Person
from changes.models.change import Change


class Review(models.Model):
    class Outcome(models.TextChoices):
        AS_PLANNED = "as_planned", "As planned"
        WITH_ISSUES = "with_issues", "With issues"
        BACKED_OUT = "backed_out", "Backed out"

    change = models.OneToOneField(Change, on_delete=models.CASCADE, related_name="review")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    actual_downtime_seconds = models.PositiveIntegerField(default=0)
    learned = models.TextField()
    due_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(learned=""), name="a_review_says_what_was_learned")
        ]

    def __str__(self) -> str:
        return f"review of {self.change}"
