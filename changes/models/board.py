"""The board: who sits on it, when it meets, what it is asked, and what it decided."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from changeboard.people.models import Person
from changes.domain import lifecycle
from changes.models.change import Change
from changes.models.meeting import AgendaItem, Meeting
from changes.models.template import Template


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Those who sit on the board on this day."""
        since = self.filter(since_on__lte=day, person__is_active=True)
        return since.filter(Q(until_on=None) | Q(until_on__gte=day)).select_related("person__group")

    def between(self, first: date, last: date) -> Self:
        """Those who sit on the board on one of these days."""
        since = self.filter(since_on__lte=last, person__is_active=True)
        return since.filter(Q(until_on=None) | Q(until_on__gte=first))

    def deputies(self) -> Self:
        """Present seats of deputies."""
        return self.filter(role="deputy", until_on=None)


class Membership(models.Model):
    class Role(models.TextChoices):
        MEMBER = "member", "Member"
        CHAIR = "chair", "Chair"
        DEPUTY = "deputy", "Deputy"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person__last_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")),
                name="a_seat_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(until_on=None), name="one_present_seat_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()}"

    def is_on(self, day: date) -> bool:
        """Whether the person sits on the board on this day; the person is read too."""
        ends = self.until_on is None or self.until_on >= day
        return self.person.is_active and self.since_on <= day and ends


class Question(models.Model):
    """A tough question on a change. Its answer counts when somebody else than its author verified it."""

    class Kind(models.TextChoices):
        TOUGH = "tough", "Tough question"
        COMMENT = "comment", "Comment"

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TOUGH)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_question_asks_something"),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("answered_by")),
                name="nobody_verifies_their_own_answer",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | Q(answered_by__isnull=False),
                name="only_an_answer_is_verified",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def stirred_at(self) -> datetime:
        """When something last came of it: asked, answered, or stood for."""
        return max(at for at in (self.asked_at, self.answered_at, self.verified_at) if at)


class Choice(models.TextChoices):
    APPROVE = "approve", "Approve"
    OBJECT = "object", "Object"
    ABSTAIN = "abstain", "Abstain"


class Vote(models.Model):
    """The vote of one seat: `person` is the member, `cast_by` the substitute who sat in, if one did."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="votes")
    cast_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_vote_a_seat_and_item"),
            models.CheckConstraint(
                condition=~Q(choice="object") | ~Q(reason=""), name="an_objection_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.choice}"


class Outcome(models.TextChoices):
    APPROVE = "approve", "Approve"
    WITH_CONDITIONS = "approve_with_conditions", "Approve with conditions"
    DEFER = "defer", "Defer, with questions"
    REJECT = "reject", "Reject"


class Decision(models.Model):
    """What the board made of a change or of a template."""

    change = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.CASCADE, related_name="decisions"
    )
    template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.CASCADE, related_name="decisions"
    )
    item = models.OneToOneField(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    sentence = models.TextField(blank=True)
    # The votes stood at a tie, and whoever led the meeting broke it.
    is_casting_vote = models.BooleanField(default=False)
    # By electronic vote, not in the meeting on whose agenda the item stands.
    is_between_meetings = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(change__isnull=False, template=None) | Q(change=None, template__isnull=False),
                name="a_decision_is_on_a_change_or_on_a_template",
            )
        ]

    def __str__(self) -> str:
        return f"{self.change or self.template}: {self.outcome}"


class ConditionQuerySet(models.QuerySet["Condition"]):
    def due_for(self, until: datetime, *, since: datetime) -> Self:
        """What a meeting comes back to: due until then, and either due since the last meeting or still open.
        Not of changes that are over."""
        shown = self.filter(Q(due_at__gte=since) | Q(met_at=None), due_at__lte=until)
        return shown.exclude(change__state__in=[state.value for state in lifecycle.OVER])


class Condition(models.Model):
    """What must be met before Go: by whom, by when, and with what evidence it was."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="conditions")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conditions")
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=300, blank=True)
    # Where the evidence lies, if it lies somewhere.
    link = models.URLField(max_length=500, blank=True)
    # Why whoever leads the board did not take the evidence, while it is open again.
    reopened_because = models.CharField(max_length=300, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_at=None) | ~Q(evidence=""), name="a_met_condition_has_evidence"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_condition_says_what"),
        ]

    def __str__(self) -> str:
        return self.text

    def is_overdue(self, now: datetime) -> bool:
        return self.met_at is None and self.due_at < now


class MinuteNote(models.Model):
    """A sentence for the minutes, written by a person; the rest of the minutes writes itself."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text


class EmergencyApproval(models.Model):
    """What one board member says of an emergency: one of the two approvals, or an objection that stops it."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="emergency_approvals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_objection = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "person"], name="one_emergency_approval_a_person_and_change"
            ),
            models.CheckConstraint(
                condition=Q(is_objection=False) | ~Q(reason=""),
                name="an_objection_to_an_emergency_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.person}"
