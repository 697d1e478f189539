"""One row for each thing a person (or a rule) did. Rows are added, never changed or removed."""

from typing import Self

from django.conf import settings
from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> Self:
        """The events of one thing, newest first."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by(
            "-at", "-id"
        )


class Event(models.Model):
    """What was done (`act`, like "change.approved"), to what, by whom, when, and with which facts."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    act = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-at"], name="history_of_a_subject")]
        constraints = [models.CheckConstraint(condition=~models.Q(act=""), name="an_event_names_its_act")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind} {self.subject_id}"
