"""The wider circle and the short-notice playbook: who agreed, what was re-tested, what was recorded."""

from typing import Self

from django.db import models
from django.db.models import Q

from changeboard.people.models import Group, Person
from changes.models.change import Change


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def waiting_of(self, change: Change) -> Self:
        """The groups that have not agreed to the change, whatever else they said."""
        return self.filter(change=change).exclude(state="agreed").select_related("group")


class SignOff(models.Model):
    """The agreement of one group of the wider circle to a short-notice change."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ASKED = "asked", "Asked a question"
        AGREED = "agreed", "Agreed"
        OBJECTED = "objected", "Objected"

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="sign_offs")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    word = models.TextField(blank=True)
    # What the group asked, with its agreement or before it: the board answers and verifies it.
    question = models.ForeignKey(
        "changes.Question", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Why the group is asked again after it had answered; empty otherwise.
    reopened_why = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["group__position", "group__name"]
        constraints = [
            models.UniqueConstraint(fields=["change", "group"], name="one_sign_off_a_group_and_change"),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(by__isnull=False), name="somebody_agreed_for_their_group"
            ),
            models.CheckConstraint(
                condition=~Q(state="objected") | ~Q(word=""), name="a_group_says_why_it_objects"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.state}"


class ReTest(models.Model):
    """The test repeated before Go, by somebody other than the author of the change."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="re_tests")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    passed = models.BooleanField()
    text = models.TextField()
    # What was edited after it: it is repeated then. Empty while it counts.
    outdated_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_re_test_says_what_was_seen")]

    def __str__(self) -> str:
        return f"re-test of {self.change}"


class StageNote(models.Model):
    """A stage of the playbook that a person recorded as done, with a word on it."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="stage_notes")
    stage = models.CharField(max_length=16)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["change", "stage"], name="a_stage_is_recorded_once")]

    def __str__(self) -> str:
        return f"{self.change}: {self.stage}"
