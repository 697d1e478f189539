"""What is said about a change, and who follows it."""

from django.db import models

from changeboard.people.models import Person
from changes.models.change import Change


class Comment(models.Model):
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Empty once it is withdrawn: the line stays, the words go.
    text = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) & ~models.Q(text="")
                | models.Q(withdrawn_at__isnull=False, text=""),
                name="a_comment_says_something_until_it_is_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.text[:40]}"


class Watch(models.Model):
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="watches")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "person"], name="a_person_follows_a_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} follows {self.change}"
