"""The parking lot: what came up in a meeting and is not for now."""

from typing import Self

from django.db import models
from django.db.models import Q

from changeboard.people.models import Person
from changes.models.meeting import AgendaItem, Meeting


class ParkedPointQuerySet(models.QuerySet["ParkedPoint"]):
    def shown_in(self, meeting: Meeting) -> Self:
        """What was parked in this meeting, and what earlier ones left to it; the oldest first."""
        earlier = Q(meeting__starts_at__lt=meeting.starts_at)
        left = Q(settled_in=None) | Q(settled_in__starts_at__gte=meeting.starts_at)
        shown = self.filter(Q(meeting=meeting) | (earlier & left))
        return shown.select_related("meeting", "item__change", "by", "settled_by").order_by("at", "id")


class ParkedPoint(models.Model):
    """It comes back to every meeting until one says what became of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parked")
    # What was on the screen when it came up.
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_in = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="settled_points"
    )

    objects = ParkedPointQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_parked_point_says_something"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_in=None, outcome="")
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False, settled_in__isnull=False)
                    & ~Q(outcome="")
                ),
                name="a_settled_point_says_what_became_of_it",
            ),
        ]

    def __str__(self) -> str:
        return self.text
