"""A template that the board approves: what is made from it skips the board (PRODUCT.md section 3)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from changeboard.directory.models import Service, System
from changeboard.people.models import Person
from changes import template_labels
from changes.domain import template_life
from changes.domain.template_life import State


class TemplateQuerySet(models.QuerySet["Template"]):
    def locked(self, pk: int) -> "Template":
        """The row, held until the transaction ends: verbs start with it."""
        return self.select_for_update().get(pk=pk)

    def usable(self, *, on: date) -> Self:
        """Approved by the board, not suspended, not expired on `on`."""
        return self.filter(state=State.APPROVED.value, expires_on__gte=on)

    def suspended_of(self, person: Person) -> Self:
        return self.filter(requester=person, state=State.SUSPENDED.value)

    def with_record(self) -> Self:
        """With `made`, `closed` and `failed`: how many changes came from it and how they ended."""
        standard = Q(changes__kind="standard") & ~Q(changes__state__in=("draft", "withdrawn"))
        ended = standard & Q(changes__state="closed")
        failed = standard & Q(changes__close_code__in=("unsuccessful", "backed_out"))
        return self.select_related("requester", "approved_by", "suspended_because").annotate(
            made=Count("changes", filter=standard, distinct=True),
            closed=Count("changes", filter=ended, distinct=True),
            failed=Count("changes", filter=failed, distinct=True),
        )


class Template(models.Model):
    name = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(state, word) for state, word in template_labels.STATES.items()],
        default=State.PROPOSED.value,
    )
    requester = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="templates"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    systems = models.ManyToManyField(System, related_name="+", blank=True)
    services = models.ManyToManyField(Service, related_name="+", blank=True)
    answers = models.JSONField(default=dict, blank=True, help_text="Question key → value.")
    steps = models.JSONField(default=list, blank=True, help_text="Steps as in a plan.")
    tolerance_percent = models.PositiveSmallIntegerField(default=50)
    expires_on = models.DateField()
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_because = models.ForeignKey(
        "changes.Change", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="an_approved_template_names_its_approver",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="a_template_is_in_a_state_of_its_life",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in template_life.BY_THE_BOARD])
                | Q(approved_at__isnull=False),
                name="a_template_is_valid_by_approval_only",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=models.F("requester")), name="nobody_approves_their_own_template"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("changes:template", args=[self.pk])

    def is_of(self, person: Person) -> bool:
        return self.requester_id == person.pk
