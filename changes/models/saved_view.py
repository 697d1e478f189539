"""Filters of the list that a person keeps under a name, as a tab."""

from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower

from changeboard.people.models import Person


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, person: Person) -> Self:
        """Their own, and those that somebody shares with everybody."""
        return self.filter(Q(owner=person) | Q(is_shared=True)).select_related("owner")

    def called(self, name: str) -> Self:
        """Of this name, in large letters or small, as the constraints compare them."""
        return self.alias(called=Lower("name")).filter(called=Lower(Value(name)))


class SavedView(models.Model):
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    # The address of the list, always written in the same order, without its question mark.
    query = models.TextField()
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["is_shared", Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="one_saved_view_a_name_and_person"),
            models.UniqueConstraint(
                Lower("name"), condition=Q(is_shared=True), name="one_shared_view_a_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
