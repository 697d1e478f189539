"""A template that the board approved: what is made from it skips the board (PRODUCT.md section 3)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from changeboard.directory.models import System
from changeboard.people.models import Person


class TemplateQuerySet(models.QuerySet["Template"]):
    def usable(self, *, on: date) -> Self:
        """Approved by the board, not suspended, not expired on `on`."""
        return self.filter(approved_at__isnull=False, suspended_at=None, expires_on__gte=on)


class Template(models.Model):
    name = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    systems = models.ManyToManyField(System, related_name="+", blank=True)
    answers = models.JSONField(default=dict, blank=True, help_text="Question key → value.")
    steps = models.JSONField(default=list, blank=True, help_text="Steps as in a plan.")
    expires_on = models.DateField()
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="an_approved_template_names_its_approver",
            )
        ]

    def __str__(self) -> str:
        return self.name
