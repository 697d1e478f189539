"""What of an agenda somebody has read before the meeting."""

from django.db import models

from changeboard.people.models import Person
from changes.models.meeting import AgendaItem


class ReadMark(models.Model):
    """That a person has read an item of the reader's pack, and when."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="read_marks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_read_mark_a_person_and_item")
        ]

    def __str__(self) -> str:
        return f"{self.person} read {self.item}"
