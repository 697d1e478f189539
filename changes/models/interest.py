"""Conflicts of interest: who has no vote on a change or a template, by their own word."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from changeboard.people.models import Person
from changes.models.change import Change
from changes.models.template import Template


class ConflictOfInterestQuerySet(models.QuerySet["ConflictOfInterest"]):
    def about(self, subject: Change | Template) -> Self:
        return self.filter(**{subject._meta.model_name or "change": subject})

    def standing(self, *, at: datetime | None = None) -> Self:
        """Those not taken back; with `at`, those that stood then."""
        if at is None:
            return self.filter(taken_back_at=None)
        return self.filter(Q(taken_back_at=None) | Q(taken_back_at__gt=at), at__lte=at)


class ConflictOfInterest(models.Model):
    """Declared by a person with a seat or for one: it holds until it is taken back, also in a later meeting."""

    change = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.CASCADE, related_name="conflicts_of_interest"
    )
    template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.CASCADE, related_name="conflicts_of_interest"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ConflictOfInterestQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "conflicts of interest"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_conflict_of_interest_says_why"),
            models.CheckConstraint(
                condition=Q(change__isnull=False, template=None) | Q(change=None, template__isnull=False),
                name="a_conflict_of_interest_is_about_a_change_or_a_template",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(taken_back_at__gte=F("at")),
                name="a_conflict_of_interest_is_taken_back_after_it_was_declared",
            ),
            models.UniqueConstraint(
                fields=["change", "person"], condition=Q(taken_back_at=None),
                name="one_conflict_of_interest_a_person_and_change",
            ),
            models.UniqueConstraint(
                fields=["template", "person"], condition=Q(taken_back_at=None),
                name="one_conflict_of_interest_a_person_and_template",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"
