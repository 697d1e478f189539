"""The client paragraph of a window, worded by client services and signed off by marketing."""

from typing import Self

from django.db import models
from django.db.models import Q

from changeboard.people.models import Person
from maintenance.models import Window


class WordsQuerySet(models.QuerySet["Words"]):
    def unsigned(self) -> Self:
        return self.exclude(paragraph="").filter(signed_off_at=None)


class Words(models.Model):
    window = models.OneToOneField(Window, on_delete=models.PROTECT, related_name="words")
    paragraph = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)

    objects = WordsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "words"
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_off_at=None, signed_off_by=None)
                | Q(signed_off_at__isnull=False, signed_off_by__isnull=False),
                name="signing_off_has_a_name_and_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Words for {self.window}"

    @property
    def signed_paragraph(self) -> str:
        """What clients read: only what was signed off."""
        return self.paragraph if self.signed_off_at else ""
