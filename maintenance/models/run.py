"""Go Time: the running of a window. Steps are copied at Go, so the plan is frozen while it runs."""

from django.db import models
from django.db.models import F, Q

from changeboard.people.models import Person
from maintenance.models.window import Window


class Run(models.Model):
    window = models.OneToOneField(Window, on_delete=models.PROTECT, related_name="run")
    led_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    downtime_started_at = models.DateTimeField(null=True, blank=True)
    downtime_ended_at = models.DateTimeField(null=True, blank=True)
    backed_out_at = models.DateTimeField(null=True, blank=True)
    backout_reason = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(downtime_ended_at=None) | Q(downtime_started_at__lte=F("downtime_ended_at")),
                name="downtime_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(backed_out_at=None) | ~Q(backout_reason=""), name="backing_out_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"run of {self.window}"


class RunStep(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        PROBLEM = "problem", "Problem"
        UNDONE = "undone", "Undone"
        SKIPPED = "skipped", "Skipped"

    class Phase(models.TextChoices):
        BEFORE = "before", "Before"
        DURING = "during", "In the downtime"
        AFTER = "after", "After"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=8, choices=Phase.choices)
    text = models.CharField(max_length=300)
    undo = models.CharField(max_length=300, blank=True)
    undo_seconds = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    planned_seconds = models.PositiveIntegerField(default=0)
    needs_downtime = models.BooleanField(default=False)
    source_label = models.CharField(max_length=40, blank=True)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="one_run_step_a_position"),
            models.UniqueConstraint(
                fields=["run"], condition=Q(state="running"), name="one_step_runs_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    @property
    def took_seconds(self) -> int | None:
        """From its start to its end; None while it is not over."""
        if self.started_at is None or self.finished_at is None:
            return None
        return int((self.finished_at - self.started_at).total_seconds())


class SmokeCheck(models.Model):
    """What is looked at before clients are told *done*: queues drained, paper orders reconciled."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="checks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["run", "position"]

    def __str__(self) -> str:
        return self.text
