"""The step library: well-worn steps that a plan may take as copies (PRODUCT.md section 2, plan step)."""

from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Lower

from changes.domain.sheet import Step
from changes.models.plan import Phase


class LibraryStepQuerySet(models.QuerySet["LibraryStep"]):
    def in_use(self) -> Self:
        return self.filter(taken_out_at=None)

    def out_of_use(self) -> Self:
        return self.filter(taken_out_at__isnull=False)

    def matching(self, text: str) -> Self:
        """Each word of `text` stands in what is done or in how it is undone."""
        rows = self
        for word in text.replace("\x00", "").split():
            rows = rows.filter(Q(text__icontains=word) | Q(undo__icontains=word))
        return rows

    def in_order(self) -> Self:
        """As a plan runs: before, during, after; then by what is done."""
        places = [When(phase=phase, then=Value(place)) for place, phase in enumerate(Phase.values)]
        return self.order_by(Case(*places), Lower("text"), "pk")

    def locked(self, pk: int) -> "LibraryStep":
        """The row, held until the transaction ends: verbs start with it."""
        return self.select_for_update().get(pk=pk)


class LibraryStep(models.Model):
    text = models.CharField(max_length=300)
    undo = models.CharField(max_length=300)
    phase = models.CharField(max_length=8, choices=Phase.choices, default=Phase.DURING)
    planned_seconds = models.PositiveIntegerField(default=0)
    worst_seconds = models.PositiveIntegerField(default=0)
    undo_seconds = models.PositiveIntegerField(default=0)
    needs_downtime = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    objects = LibraryStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("text"), condition=Q(taken_out_at=None), name="one_library_step_in_use_a_text"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(undo=""), name="a_library_step_says_what_is_done_and_undone"
            ),
            models.CheckConstraint(
                condition=Q(worst_seconds__gte=F("planned_seconds")),
                name="a_library_step_at_worst_is_no_shorter_than_planned",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def step(self) -> Step:
        """What a plan takes: a copy, owned by nobody yet."""
        return Step(
            text=self.text,
            undo=self.undo,
            phase=self.phase,
            planned_seconds=self.planned_seconds,
            worst_seconds=self.worst_seconds,
            undo_seconds=self.undo_seconds,
            needs_downtime=self.needs_downtime,
        )
