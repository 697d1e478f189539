"""How far a person has read what happened to a change."""

from django.db import models

from changeboard.people.models import Person
from changes.models.change import Change


class NewsMark(models.Model):
    """Events about the change up to this one are read; a muted change tells its follower nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+")
    read_up_to = models.BigIntegerField(default=0)
    is_muted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "change"], name="one_news_mark_a_person_and_change")
        ]

    def __str__(self) -> str:
        return f"{self.person} read {self.change} up to {self.read_up_to}"
