"""Invitations to the board's meetings, and their minutes: one row a mail to one member, with its proof.

Instants in UTC.
"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from changeboard.people.models import Person
from changes.models import Meeting


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def due(self, *, now: datetime) -> Self:
        """What is to be sent by now, with what a sender that died left behind."""
        waits = Q(state="planned", try_at__lte=now)
        return self.filter(waits | Q(state="sending", lease_until__lt=now)).order_by("try_at", "id")


class Invitation(models.Model):
    class Method(models.TextChoices):
        REQUEST = "request", "Invitation"
        CANCEL = "cancel", "Cancellation"
        MINUTES = "minutes", "Minutes"

    class State(models.TextChoices):
        PLANNED = "planned", "Due"
        SENDING = "sending", "Being sent"
        ACCEPTED = "accepted", "Sent"
        FAILED = "failed", "Failed"
        SUPERSEDED = "superseded", "Superseded"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    method = models.CharField(max_length=7, choices=Method.choices)
    # Of the meeting that the mail tells of; `sequence` is the reader's own, and never falls.
    revision = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    try_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200)
    dated_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    server_answer = models.CharField(max_length=500, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "person", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "sequence"], name="told_once_of_each_turn_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="an_accepted_invitation_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=F("revision")), name="an_invitation_is_no_older_than_its_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} of {self.meeting} to {self.person}"

    @property
    def not_after(self) -> datetime:
        """Until when it is of use: an invitation until the meeting, minutes for three days."""
        is_minutes = self.method == Invitation.Method.MINUTES
        return self.dated_at + timedelta(days=3) if is_minutes else self.meeting.starts_at
