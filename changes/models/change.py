"""A change request: what is to be done, why, how risky, and where it stands."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from changeboard.directory.models import Client, Service, System
from changeboard.directory.queries.affected import affected_clients
from changeboard.people.models import Person
from changes import labels
from changes.domain import closing, lifecycle, short_notice, troubles
from changes.domain.lifecycle import State
from changes.models.impact import Said, ServiceImpact
from changes.models.risk import RuleSet
from changes.models.template import Template
from maintenance.models import Window


class Kind(models.TextChoices):
    NORMAL = "normal", "Normal"
    STANDARD = "standard", "Standard"
    EMERGENCY = "emergency", "Emergency"


class RiskLevel(models.TextChoices):
    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"


class CloseCode(models.TextChoices):
    SUCCESSFUL = "successful", "Successful"
    WITH_ISSUES = "successful_with_issues", "Successful with issues"
    UNSUCCESSFUL = "unsuccessful", "Unsuccessful"
    BACKED_OUT = "backed_out", "Backed out"


def sooner_than_planned(now: datetime) -> Q:
    """May disturb the platform, and sooner than the planning horizon allowed when it was asked for."""
    return _sooner_than_planned(Coalesce(F("asked_at"), Value(now)))


def asked_at_short_notice() -> Q:
    """The same of what was asked for; what was not is not at short notice yet."""
    return _sooner_than_planned(F("asked_at"))


def _sooner_than_planned(asked_at: Combinable) -> Q:
    horizon = asked_at + Value(
        timedelta(days=settings.PLANNING_HORIZON_DAYS), output_field=models.DurationField()
    )
    disturbing = Q(planned_down_seconds__gt=0) | Q(worst_down_seconds__gt=0)
    return disturbing & Q(window__starts_at__lt=horizon)


STATES = [(str(state), word) for state, word in labels.STATES.items()]


class ChangeQuerySet(models.QuerySet["Change"]):
    def locked(self, pk: int) -> "Change":
        """The row, held until the transaction ends: verbs start with it."""
        return self.select_for_update().get(pk=pk)

    def open(self) -> Self:
        return self.exclude(state__in=lifecycle.OVER)

    def over(self) -> Self:
        return self.filter(state__in=lifecycle.OVER)

    def riding_on(self, window: Window) -> Self:
        """The changes that are scheduled on this window, or went with it."""
        return self.filter(window=window, state__in=lifecycle.RODE)

    def asking_for(self, window: Window) -> Self:
        """The changes that ask for this window and are not over yet, riding on it or not."""
        return self.filter(window=window).exclude(state__in=(State.REJECTED, State.WITHDRAWN))

    def of_requester(self, person: Person) -> Self:
        return self.filter(requester=person)

    def unfinished(self) -> Self:
        """Not over yet, those with a window first, the sooner the earlier."""
        return self.open().order_by(F("window__starts_at").asc(nulls_last=True), "-number")

    def overdue(self, *, now: datetime) -> Self:
        """In progress although their window ended an hour ago (PRODUCT.md section 3)."""
        under_way = (State.IN_PROGRESS, State.VERIFYING)
        return self.filter(state__in=under_way, window__ends_at__lt=now - timedelta(hours=1))

    def at_short_notice(self, *, now: datetime) -> Self:
        """Open changes that may disturb the platform sooner than the planning horizon allowed."""
        return self.open().filter(sooner_than_planned(now))

    def review_overdue(self, *, now: datetime) -> Self:
        """Emergencies that were carried out and whose review is past its day."""
        return self.open().filter(review_due_at__lt=now, review=None)

    def for_list(self) -> Self:
        return self.for_pages()

    def for_pages(self) -> Self:
        """With all that a line about a change shows: three queries for any number of rows."""
        return self.select_related("requester", "window__system").prefetch_related("systems")

    def for_its_page(self) -> Self:
        """And with how each service is touched: three queries."""
        return self.for_pages().prefetch_related(
            models.Prefetch("impacts", ServiceImpact.objects.select_related("service"))
        )


def next_number() -> int:
    """A number that no change had before: from a sequence, which gives none back (PRODUCT.md section 2)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('changes_change_numbers')")
        return int(cursor.fetchone()[0])


class Change(models.Model):
    number = models.PositiveIntegerField(unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    title = models.CharField(max_length=160, blank=True)
    why = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NORMAL)
    state = models.CharField(
        max_length=12,
        choices=STATES,
        default=State.DRAFT.value,
    )
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    systems = models.ManyToManyField(System, related_name="changes", blank=True)
    services = models.ManyToManyField(Service, through="ServiceImpact", related_name="changes")
    window = models.ForeignKey(
        Window, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    # Whether a regulated function is touched, "" while nobody said, and which.
    regulated = models.CharField(max_length=3, choices=Said.choices, blank=True)
    regulated_which = models.CharField(max_length=200, blank=True)
    test_statement = models.TextField(blank=True)
    client_paragraph = models.TextField(blank=True)
    # A mark of the impacts that it was worded or signed for, "" where that was not kept yet.
    paragraph_basis = models.CharField(max_length=64, blank=True, editable=False)
    paragraph_signed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paragraph_signed_at = models.DateTimeField(null=True, blank=True)
    planned_down_seconds = models.PositiveIntegerField(null=True, blank=True)
    worst_down_seconds = models.PositiveIntegerField(null=True, blank=True)
    undo_seconds = models.PositiveIntegerField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    risk_score = models.PositiveSmallIntegerField(null=True, blank=True)
    risk_level = models.CharField(max_length=10, choices=RiskLevel.choices, blank=True)
    rule_set = models.ForeignKey(
        RuleSet, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # When the board was asked for this window with this downtime: the lead is counted from here, so that
    # what was planned in time does not turn into short notice by waiting.
    asked_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # Set when an emergency was carried out: the review is forced within five working days.
    review_due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_code = models.CharField(max_length=24, choices=CloseCode.choices, blank=True)
    # Numbers or addresses of what went wrong after it.
    trouble_records = ArrayField(models.CharField(max_length=troubles.LONGEST), default=list, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["state", "-number"], name="changes_by_state"),
            models.Index(fields=["window", "state"], name="changes_on_a_window"),
            models.Index(F("risk_score").desc(nulls_last=True), F("number").desc(), name="changes_by_risk"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="a_change_is_in_a_state_of_its_life",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED.value) | ~Q(close_code=""),
                name="a_closed_change_has_a_close_code",
            ),
            models.CheckConstraint(
                condition=~Q(close_code__in=sorted(closing.TROUBLE)) | Q(trouble_records__len__gt=0),
                name="trouble_after_a_change_is_on_record",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in lifecycle.ON_A_WINDOW])
                | Q(window__isnull=False),
                name="a_scheduled_change_is_on_a_window",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT.value, State.WITHDRAWN.value])
                | Q(submitted_at__isnull=False),
                name="beyond_draft_means_submitted",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__lte=100), name="confidence_is_at_most_100"
            ),
            models.CheckConstraint(
                condition=Q(risk_score=None, likelihood=None, impact=None, risk_level="")
                | Q(likelihood__range=(1, 5), impact__range=(1, 5), risk_score=F("likelihood") * F("impact")),
                name="risk_is_likelihood_times_impact",
            ),
            models.CheckConstraint(
                condition=Q(worst_down_seconds=None) | Q(worst_down_seconds__gte=F("planned_down_seconds")),
                name="the_worst_case_is_no_better_than_the_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.number:
            self.number = next_number()
        self.reference = f"CHG-{self.number:04d}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("changes:detail", args=[self.reference])

    def is_short_notice(self, *, now: datetime) -> bool:
        """Computed, never chosen (PRODUCT.md section 3). False while no window is asked for.

        The lead counts from the asking; for a draft from `now`.
        """
        return self.window is not None and short_notice.is_short_notice(
            self.planned_down_seconds or 0,
            self.worst_down_seconds or 0,
            self.window.starts_at,
            self.asked_at or now,
            settings.PLANNING_HORIZON_DAYS,
        )

    def affected_clients(self) -> models.QuerySet[Client]:
        """The clients that use a system or a service that this change touches."""
        return affected_clients(ids(self.systems.all()), self.touched_services())

    def touched_services(self) -> list[int]:
        return [impact.service_id for impact in self.impacts.all()]


def ids(rows: Iterable[models.Model]) -> list[int]:
    return [row.pk for row in rows]
