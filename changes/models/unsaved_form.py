"""What somebody typed into the form of a change and has not saved: no draft yet, and no edit."""

from typing import Self

from django.db import models

from changeboard.people.models import Person
from changes.models.change import Change


class UnsavedFormQuerySet(models.QuerySet["UnsavedForm"]):
    def of(self, person: Person, change: Change | None) -> Self:
        """What this person left in the form of `change`, or of a new one; the newest first."""
        return self.filter(person=person, change=change).order_by("-saved_at")


class UnsavedForm(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(Change, null=True, on_delete=models.CASCADE, related_name="+")
    # The form's own token: the same open form is kept over and over, another one beside it.
    token = models.UUIDField()
    # Name of the field → what it held, as the browser sent it.
    data = models.JSONField()
    saved_at = models.DateTimeField()

    objects = UnsavedFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], name="one_unsaved_form_a_person_and_token")
        ]

    def __str__(self) -> str:
        return self.title or "No title yet"

    @property
    def title(self) -> str:
        return str((self.data.get("title") or [""])[-1]).strip()
