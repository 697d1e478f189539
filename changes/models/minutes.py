"""The minutes of a meeting: a text an item, corrected by the chair, frozen when the board approves them."""

from django.db import models
from django.db.models import Q

from changeboard.people.models import Person
from changes.models.meeting import AgendaItem, Meeting


class Minutes(models.Model):
    """Drawn up when the meeting ends. Once approved the database refuses every change of them."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    drawn_up_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_in = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None, approved_in=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False, approved_in__isnull=False),
                name="minutes_are_approved_by_somebody_in_a_meeting",
            )
        ]

    def __str__(self) -> str:
        return f"minutes of {self.meeting}"


class MinuteEntry(models.Model):
    """What the minutes say of one item; the first, without an item, says who was there."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "minute entries"
        constraints = [
            models.UniqueConstraint(fields=["minutes", "position"], name="minutes_have_an_order"),
            models.CheckConstraint(condition=~Q(text=""), name="an_entry_of_the_minutes_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.heading}"
