"""The secret address of a client's own calendar. Stored hashed; shown once."""

from django.db import models

from changeboard.directory.models import Client
from changeboard.people.models import Person


class ClientFeed(models.Model):
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="feed")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Feed of {self.client}"
