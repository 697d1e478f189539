"""The secret address of a person's own calendar feed. Stored hashed; shown once."""

from django.db import models

from changeboard.people.models import Person


class Feed(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="feed")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Feed of {self.person}"
